extension Tensor {
  /// `max(x, 0)` of every element.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when the engine has none for this dtype.
  public func relu() -> Tensor {
    trapping(try checked.relu())
  }

  /// `x` where positive, `alpha · (eˣ - 1)` elsewhere.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when the engine has none for this dtype.
  public func elu(alpha: Double = 1) -> Tensor {
    trapping(try checked.elu(alpha: alpha))
  }

  /// `x` where positive, `slope · x` elsewhere.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when the engine has none for this dtype.
  public func leakyRelu(slope: Double = 0.01) -> Tensor {
    trapping(try checked.leakyRelu(slope: slope))
  }

  /// The self-normalizing `elu` with its fixed scales.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when the engine has none for this dtype.
  public func selu() -> Tensor {
    trapping(try checked.selu())
  }

  /// `x · sigmoid(x)` of every element.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when the engine has none for this dtype.
  public func silu() -> Tensor {
    trapping(try checked.silu())
  }

  /// `x · Φ(x)` with the normal distribution function Φ, or its approximation by tanh.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when the engine has none for this dtype.
  public func gelu(approximate: Bool = false) -> Tensor {
    trapping(try checked.gelu(approximate: approximate))
  }

  /// `log(1 + e^(beta·x)) / beta`, and `x` itself where `beta · x` is above `threshold`.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when the engine has none for this dtype.
  public func softplus(beta: Double = 1, threshold: Double = 20) -> Tensor {
    trapping(try checked.softplus(beta: beta, threshold: threshold))
  }

  /// `1 / (1 + e⁻ˣ)` of every element.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when the engine has none for this dtype.
  public func sigmoid() -> Tensor {
    trapping(try checked.sigmoid())
  }

  /// `log(sigmoid(x))` of every element, without overflow.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when the engine has none for this dtype.
  public func logSigmoid() -> Tensor {
    trapping(try checked.logSigmoid())
  }

  /// Every element limited to `min…max`.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when the engine has none for this dtype.
  public func hardtanh(min: Double = -1, max: Double = 1) -> Tensor {
    trapping(try checked.hardtanh(min: min, max: max))
  }

  /// `x` where positive, `slope · x` elsewhere, with a slope for all or for each channel.
  ///
  /// **Shapes**: self `[N, C, …]`, slope `[1]` or `[C]`, result as self.
  ///
  /// **Traps**: when the slope fits neither.
  public func prelu(_ slope: Tensor) -> Tensor {
    trapping(try checked.prelu(slope))
  }

  /// Positive values that sum to 1 along `dimension`: `eˣ / Σ eˣ`.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when there is no such dimension.
  public func softmax(along dimension: Int) -> Tensor {
    trapping(try checked.softmax(along: dimension))
  }

  /// The logarithm of `softmax`, computed without overflow.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when there is no such dimension.
  public func logSoftmax(along dimension: Int) -> Tensor {
    trapping(try checked.logSoftmax(along: dimension))
  }
}

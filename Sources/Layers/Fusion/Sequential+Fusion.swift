import Tensors

extension Sequential {
  /// The same network for evaluation with nothing in it that could be left out; it shares no memory with this one.
  ///
  /// Whatever is exact is done, in this and in nested sequences, residual branches, and branches of channels:
  /// - nested sequences are flattened; identities and dropout are left out;
  /// - batch normalization and fixed factors are folded into the convolution or linear layer before them, or after
  ///   them where nothing is padded with zeros;
  /// - a 1 × 1 convolution, with groups or without, is folded into the convolution before it when it does not have
  ///   more outputs than inputs;
  /// - padding becomes padding of the convolution that follows;
  /// - fixed factors in a row become one, permutations of channels in a row become one, and permutations move past
  ///   layers that treat channels alike into a convolution;
  /// - branches of channels that all do the same become that, and normalizations at their beginning leave them.
  ///
  /// The products are computed in float64 and rounded once.
  ///
  /// **Symmetry**: as before.
  ///
  /// - Parameter inputRank: The number of axes of the input. Only a network that begins with linear layers needs it:
  ///   batch normalization after them is folded only when the input is known to be `[N, C]`.
  public func fused(inputRank: Int? = nil) -> Sequential {
    let sequence = Sequential(withoutGradient { Fusion(layers, inputRank: inputRank).layers })
    sequence.eval()
    return sequence
  }
}

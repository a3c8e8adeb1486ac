public import Layers

extension Optimizer {
  /// All parameters of all groups.
  public var parameters: [NamedParameter] { groups.flatMap(\.parameters) }

  /// Forgets the gradients of all parameters.
  public func zeroGradients() {
    for named in parameters { named.parameter.zeroGradient() }
  }

  /// Scales the gradients of all parameters so that their norm is at most `norm`; see the function of the same name.
  @discardableResult
  public func clipGradients(norm: Double) -> Double { Optimizers.clipGradients(of: parameters, norm: norm) }

  /// Makes one step: forgets old gradients, runs `backward`, clips, and changes the parameters.
  ///
  /// Nothing is changed when the norm of the gradients is not finite, which the caller can see from the result.
  ///
  /// Returns the norm of the gradients before clipping by norm, else nil.
  @discardableResult
  public mutating func step<Failure: Error>(
    clipping: GradientClipping? = nil, _ backward: () throws(Failure) -> Void
  ) throws(Failure) -> Double? {
    zeroGradients()
    try backward()
    var norm: Double?
    switch clipping {
    case .norm(let limit):
      let found = clipGradients(norm: limit)
      if !found.isFinite { return found }
      norm = found
    case .value(let limit): Optimizers.clipGradients(of: parameters, value: limit)
    case nil: break
    }
    step()
    return norm
  }
}

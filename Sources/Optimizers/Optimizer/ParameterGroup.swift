public import Layers
public import Tensors

/// Parameters that are optimized with the same options.
public struct ParameterGroup {
  /// The parameters with their keys.
  public var parameters: [NamedParameter]
  /// What the optimizer's learning rate is multiplied by.
  public var learningRateFactor: Double
  /// The weight decay, or nil for the optimizer's own.
  public var weightDecay: Double?

  /// Creates a group.
  public init(_ parameters: [NamedParameter], learningRateFactor: Double = 1, weightDecay: Double? = nil) {
    self.parameters = parameters
    self.learningRateFactor = learningRateFactor
    self.weightDecay = weightDecay
  }

  /// Two groups: parameters that satisfy the condition, with the optimizer's weight decay, and the rest without any.
  public static func decayingOnly(
    _ parameters: [NamedParameter], where decays: (NamedParameter) -> Bool = { $0.parameter.shape.count > 1 }
  ) -> [ParameterGroup] {
    [
      ParameterGroup(parameters.filter(decays)),
      ParameterGroup(parameters.filter { !decays($0) }, weightDecay: 0),
    ]
  }

  /// Checks that no key or parameter appears twice.
  static func checked(_ groups: [ParameterGroup], _ optimizer: String) -> [ParameterGroup] {
    var keys = Set<String>()
    var cells = Set<ObjectIdentifier>()
    for group in groups {
      if let decay = group.weightDecay, !(decay >= 0) {
        Torch.fail(op: optimizer, "weight decay must be at least 0, got \(decay)")
      }
      for named in group.parameters {
        guard keys.insert(named.key).inserted, cells.insert(ObjectIdentifier(named.parameter)).inserted else {
          Torch.fail(op: optimizer, "parameter \"\(named.key)\" appears twice")
        }
        if named.parameter.value.dtype.isComplex {
          Torch.fail(op: optimizer, "parameter \"\(named.key)\" is complex; hold its real and imaginary parts instead")
        }
      }
    }
    return groups
  }
}

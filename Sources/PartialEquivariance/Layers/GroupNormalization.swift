public import Layers
internal import Tensors

/// The base class of normalizations of feature maps over a group.
///
/// **Symmetry**: all elements of a field are treated alike, so every subclass commutes with the group.
open class GroupNormalization: Module {
  /// The norms that a network can have.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case batch = "batch-norm"
    case layer = "layer-norm"

    /// A fresh normalization of `channels` fields.
    public func layer(_ channels: Int) -> GroupNormalization {
      switch self {
      case .batch: GroupBatchNorm(channels)
      case .layer: GroupLayerNorm(channels)
      }
    }
  }

  /// The number of fields.
  public final let channels: Int

  init(channels: Int) {
    guard channels > 0 else { Torch.fail(op: "\(Self.self)", "needs a field or more, got \(channels)") }
    self.channels = channels
  }

  /// Normalizes.
  ///
  /// **Traps**: in the base class.
  open func callAsFunction(_ x: GroupFeatures) -> GroupFeatures {
    Torch.fail(op: "\(type(of: self))", "callAsFunction(_:) is not overridden")
  }

  /// The same map on `count` elements as a plain layer of channels.
  ///
  /// **Traps**: in the base class.
  open func export(count: Int) -> Layer {
    Torch.fail(op: "\(type(of: self))", "export(count:) is not overridden")
  }

  final func check(_ x: GroupFeatures) {
    guard x.channels == channels else {
      Torch.fail(op: "\(type(of: self))", "expected \(channels) fields, got \(x.channels)")
    }
  }

  /// Adds the number of fields.
  open override func describe(_ description: inout ModuleDescription) { description.add(channels) }
}

internal import Layers
public import Tensors

/// A feature map over positions and group elements, with the elements it lives on.
///
/// **Shapes**: `[B, C·N, H, W]`; the channels are those of `C` fields of `N` elements each, field after field, as those
/// of `C` regular fields of a steerable network are.
public struct GroupFeatures {
  /// The values.
  public let tensor: Tensor
  /// The elements, one set, or one for each image.
  public let samples: GroupSamples

  /// Pairs values with elements.
  ///
  /// **Traps**: when the channels are no multiple of the number of elements, or the sets do not fit the batch.
  public init(_ tensor: Tensor, _ samples: GroupSamples) {
    guard tensor.rank == 4, tensor.shape[1] % samples.count == 0, samples.sets == 1 || samples.sets == tensor.shape[0]
    else {
      Torch.fail(
        op: "GroupFeatures",
        "\(tensor.shape) is no [B, C·N, H, W] on \(samples.sets) sets of N = \(samples.count) elements")
    }
    self.tensor = tensor
    self.samples = samples
  }

  /// The number of fields, `C`.
  public var channels: Int { tensor.shape[1] / samples.count }

  /// The values with the group's axis by itself, `[B, C, N, H, W]`.
  public var separated: Tensor {
    let shape = tensor.shape
    return tensor.reshape([shape[0], channels, samples.count, shape[2], shape[3]])
  }

  /// The same elements with other values.
  public func map(_ body: (Tensor) -> Tensor) -> GroupFeatures { GroupFeatures(body(tensor), samples) }
}

public import Layers
public import Tensors

/// A network of the radio-galaxy study: convolutions to a few maps, then the fully connected layers of LeNet.
///
/// **Symmetry**: that of its convolutions; the fully connected layers have none.
public protocol LeNet: Module, DropoutClassifier {
  /// The layers from the maps to logits.
  var head: Sequential { get }

  /// The maps that the fully connected layers see.
  ///
  /// **Shapes**: `[N, C, H, W]` images to `[N, channels, height, width]`.
  func maps(_ images: Tensor) -> Tensor

  /// The convolutions as plain layers.
  func exportConvolutions() -> [Layer]
}

extension LeNet {
  /// What reaches the dropout: 84 numbers an image.
  public func features(_ images: Tensor) -> Tensor {
    head.splitAtDropout.deterministic.reduce(maps(images.toMemoryFormat(.channelsLast))) { $1($0) }
  }

  /// The logits of such features.
  public func logits(ofFeatures features: Tensor) -> Tensor {
    head.splitAtDropout.random.reduce(features) { $1($0) }
  }

  /// The same function as plain layers without dropout, with the filters expanded.
  public func export() -> Sequential {
    let plain = Sequential(exportConvolutions() + [head]).fused()
    plain.to(parameters.first?.parameter.value.dtype ?? .float32)
    return plain
  }
}

public import Datasets
public import EquivariantLayers
public import Layers
internal import Symmetry
public import Tensors
internal import Training

/// The ordinary network that a steerable one is compared with: the same blocks with unconstrained convolutions.
///
/// **Shapes**: `[N, C, H, W]` images to `[N, classes]` logits.
///
/// **Symmetry**: none but translations: a negative control for every statement about rotations.
public final class PlainCNN: Module, ImageClassifier {
  /// The convolutions.
  public let features: Sequential
  /// The layers from features to logits.
  public let head: Sequential
  private let geometry: InputGeometry

  /// The images that it was made for, before any padding.
  public var imageShape: ImageShape { geometry.imageShape }

  /// Creates the network of a configuration.
  public init(
    _ configuration: CNNConfiguration, imageShape: ImageShape, classes: Int, rng: inout Generator
  ) throws {
    geometry = try InputGeometry(imageShape, inputSide: configuration.inputSide)
    var layers: [Layer] = []
    var channels = imageShape.channels
    var shape: Shape = [1, channels, geometry.height, geometry.width]
    if let margin = configuration.maskMargin {
      let input = FieldType(GSpace.trivial, Array(repeating: GSpace.trivial.trivial, count: channels))
      layers.append(MaskModule(input, size: geometry.height, margin: margin).export())
    }
    for (index, block) in configuration.blocks.enumerated() {
      let out = Int(block.fields) ?? 0
      guard shape[2] + 2 * block.padding >= block.kernelSize else {
        throw ModelError.vanishes(block: index, side: shape[2], kernelSize: block.kernelSize, padding: block.padding)
      }
      var stage: [Layer] = [
        Conv2D(
          from: channels, to: out, kernelSize: block.kernelSize, stride: block.stride, padding: block.padding,
          hasBias: false,
          rng: &rng),
        BatchNorm2D(out), Activation(configuration.nonlinearity == .relu ? .relu : .elu(1)),
      ]
      if let pool = block.pool {
        let convolved = stage.reduce(shape) { $1.outputShape(for: $0) }
        try pool.check(side: convolved[2], block: index)
        // Pooling is the same operation on scalar fields; the equivariant module's export is the plain layer.
        let plane = GSpace.trivial
        stage.append(pool.module(FieldType(plane, Array(repeating: plane.trivial, count: out))).export())
      }
      for layer in stage { shape = layer.outputShape(for: shape) }
      layers += stage
      channels = out
    }
    features = Sequential(layers + [AdaptiveAvgPool2D(outputSize: 1)])
    head = Sequential.classifier(
      inputs: channels, hidden: configuration.head, classes: classes, dropout: configuration.dropout, rng: &rng)
    super.init()
  }

  /// None.
  public var steerableLayers: SequentialModule? { nil }

  /// All layers.
  public var plainLayers: Sequential { Sequential(features.layers + head.layers) }

  /// The logits of images.
  public func callAsFunction(_ images: Tensor) -> Tensor {
    head(features(geometry.pad(images).toMemoryFormat(.channelsLast)))
  }

  /// The same function with the batch norms folded into the convolutions.
  public func export() -> Sequential {
    let plain = Sequential(geometry.layers + [features, head]).fused()
    plain.to(parameters.first?.parameter.value.dtype ?? .float32)
    return plain
  }
}

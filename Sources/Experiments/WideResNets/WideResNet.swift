public import Datasets
public import EquivariantLayers
public import Layers
public import Tensors
internal import Training

/// The ordinary wide residual network, which the steerable one is compared with.
///
/// **Shapes**: `[N, C, H, W]` images to `[N, classes]` logits.
///
/// **Symmetry**: none but translations: a negative control for every statement about rotations.
///
/// **Reference**: Zagoruyko and Komodakis, "Wide Residual Networks", BMVC 2016; the stride is in the second convolution of
/// a block, as in the steerable network.
public final class WideResNet: Module, ImageClassifier {
  /// All layers up to the mean over positions.
  public let features: Sequential
  /// The layers from features to logits.
  public let head: Sequential
  private let geometry: InputGeometry

  /// The images that it was made for, before any padding.
  public var imageShape: ImageShape { geometry.imageShape }

  /// Creates the network of a configuration.
  ///
  /// **Throws**: `ModelError` when images are larger than `inputSide`.
  public init(
    _ configuration: WideResNetConfiguration, imageShape: ImageShape, classes: Int, rng: inout Generator
  ) throws {
    geometry = try InputGeometry(imageShape, inputSide: configuration.inputSide)
    let plan = WideResNetPlan(configuration, channels: imageShape.channels)
    func convolution(
      from input: Int, to output: Int, kernelSize: Int, stride: Int = 1, rng: inout Generator
    ) -> Conv2D {
      Conv2D(
        from: input, to: output, kernelSize: kernelSize, stride: stride, padding: (kernelSize - 1) / 2, hasBias: false,
        weightInitializer: .kaimingNormal(fan: .outputs), rng: &rng)
    }
    var layers: [Layer] = [
      convolution(from: plan.channels, to: plan.stem, kernelSize: plan.stemKernelSize, rng: &rng)
    ]
    for block in plan.blocks {
      let entry: [Layer] = [BatchNorm2D(block.input), Activation(.relu)]
      var main: [Layer] = [
        convolution(from: block.input, to: block.output, kernelSize: plan.kernelSize, rng: &rng),
        BatchNorm2D(block.output), Activation(.relu),
      ]
      if configuration.dropout > 0 { main.append(Dropout(probability: configuration.dropout, rng: &rng)) }
      main.append(
        convolution(
          from: block.output, to: block.output, kernelSize: plan.kernelSize, stride: block.stride, rng: &rng))
      if block.hasProjection {
        let shortcut = convolution(
          from: block.input, to: block.output, kernelSize: 1, stride: block.stride, rng: &rng)
        layers += entry + [Residual(Sequential(main), shortcut: shortcut)]
      } else {
        layers.append(Residual(Sequential(entry + main)))
      }
    }
    layers += [
      BatchNorm2D(plan.features, momentum: configuration.finalMomentum), Activation(.relu),
      AdaptiveAvgPool2D(outputSize: 1),
    ]
    features = Sequential(layers)
    head = Sequential(Flatten(), Linear(from: plan.features, to: classes, biasInitializer: .zeros, rng: &rng))
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

  /// The same function with batch norms folded into the convolutions before them.
  public func export() -> Sequential {
    let plain = Sequential(geometry.layers + [features, head]).fused()
    plain.to(parameters.first?.parameter.value.dtype ?? .float32)
    return plain
  }
}

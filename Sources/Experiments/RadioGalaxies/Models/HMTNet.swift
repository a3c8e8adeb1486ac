public import Datasets
public import EquivariantLayers
public import Layers
public import Tensors

/// The plain network of five convolutions that was trained for transfer between radio surveys.
///
/// Convolutions of 11, 5, 3, 3 and 3 pixels with batch norm after ReLU, pooling by 2, 3 and 5; then fully connected layers
/// of 256 units, where one layer is applied twice.
///
/// **Shapes**: `[N, C, H, W]` images to `[N, classes]` logits; the sides are at least 30 pixels, published are 150.
///
/// **Symmetry**: none but approximate translations.
///
/// **State**: `hidden` is one layer that is applied twice, so its weights occur once.
///
/// **Reference**: Tang, Scaife and Leahy, "Transfer learning for radio galaxy classification", MNRAS 488 (2019) 3358;
/// 184,442 parameters for images of 150 pixels.
public final class HMTNet: Module, DropoutClassifier {
  /// The convolutions.
  public let convolutions: Sequential
  /// The first fully connected layer, with what precedes and follows it.
  public let entry: Sequential
  /// The layer that is applied twice.
  public let hidden: Linear
  /// The layer that gives the logits.
  public let output: Linear
  /// The images that it was made for.
  public let imageShape: ImageShape
  private let dropout: Dropout

  /// Creates the network of a configuration.
  ///
  /// **Throws**: `ModelError.tooSmall` when pooling leaves nothing of the images.
  public init(
    _ configuration: RadioGalaxyModelConfiguration, imageShape: ImageShape, classes: Int, rng: inout Generator
  ) throws(ModelError) {
    self.imageShape = imageShape
    let smallest = min(imageShape.height, imageShape.width)
    guard smallest >= 30 else { throw .tooSmall(network: "HMTNet", side: smallest, smallest: 30) }
    func stage(_ from: Int, _ to: Int, kernelSize: Int, pool: Int?, rng: inout Generator) -> [Layer] {
      let convolution = Conv2D(from: from, to: to, kernelSize: kernelSize, padding: kernelSize / 2, rng: &rng)
      let pooling: [Layer] = pool.map { [MaxPool2D(kernelSize: $0)] } ?? []
      return [convolution, Activation(.relu), BatchNorm2D(to)] + pooling
    }
    convolutions = Sequential(
      stage(imageShape.channels, 6, kernelSize: 11, pool: 2, rng: &rng)
        + stage(6, 16, kernelSize: 5, pool: 3, rng: &rng)
        + stage(16, 24, kernelSize: 3, pool: nil, rng: &rng) + stage(24, 24, kernelSize: 3, pool: nil, rng: &rng)
        + stage(24, 16, kernelSize: 3, pool: 5, rng: &rng))
    let features = 16 * (imageShape.height / 30) * (imageShape.width / 30)
    entry = Sequential(Flatten(), Linear(from: features, to: 256, rng: &rng), Activation(.relu))
    hidden = Linear(from: 256, to: 256, rng: &rng)
    output = Linear(from: 256, to: classes, rng: &rng)
    dropout = Dropout(probability: configuration.dropout, rng: &rng)
    super.init()
  }

  /// None.
  public var steerableLayers: SequentialModule? { nil }

  /// All layers; the one that is applied twice stands there twice.
  public var plainLayers: Sequential { Sequential(convolutions.layers + entry.layers + end(hidden.copy())) }

  /// From the first dropout to the logits, with a layer for the second application of the hidden one.
  private func end(_ again: Layer) -> [Layer] {
    [dropout, hidden, Activation(.relu), dropout, again, Activation(.relu), dropout, output]
  }

  /// What reaches the first dropout: 256 numbers an image.
  public func features(_ images: Tensor) -> Tensor { entry(convolutions(images.toMemoryFormat(.channelsLast))) }

  /// The logits of such features.
  public func logits(ofFeatures features: Tensor) -> Tensor { end(hidden).reduce(features) { $1($0) } }

  /// The same function without dropout, with batch norms folded where that is exact.
  public func export() -> Sequential {
    let plain = plainLayers.fused()
    plain.to(parameters.first?.parameter.value.dtype ?? .float32)
    return plain
  }
}

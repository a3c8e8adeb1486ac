public import Datasets
public import EquivariantLayers
public import Layers
public import Tensors

/// The plain LeNet of the radio-galaxy study.
///
/// A circular mask over the image; convolutions to 6 and to 16 channels, each with ReLU and maximum pooling by 2; three
/// fully connected layers with dropout before the last.
///
/// **Shapes**: `[N, C, H, W]` images to `[N, classes]` logits.
///
/// **Symmetry**: none but approximate translations.
///
/// **Reference**: `VanillaLeNet` of Scaife and Porter (2021); 2,501,346 parameters for images of 151 pixels.
public final class VanillaLeNet: Module, LeNet {
  /// The convolutions.
  public let convolutions: Sequential
  /// The layers from features to logits.
  public let head: Sequential
  /// The images that it was made for.
  public let imageShape: ImageShape

  /// Creates the network of a configuration.
  ///
  /// **Throws**: `ModelError` when the images are too small or not square.
  public init(
    _ configuration: RadioGalaxyModelConfiguration, imageShape: ImageShape, classes: Int, rng: inout Generator
  ) throws(ModelError) {
    self.imageShape = imageShape
    let sizes = try LeNetSizes(imageShape, kernelSize: configuration.kernelSize)
    var layers: [Layer] = []
    if configuration.mask {
      let plane = GSpace.trivial
      let input = FieldType(plane, Array(repeating: plane.trivial, count: imageShape.channels))
      layers.append(MaskModule(input, size: sizes.image, margin: 1).export())
    }
    for (from, to) in [(imageShape.channels, 6), (6, LeNetSizes.channels)] {
      layers += [
        Conv2D(from: from, to: to, kernelSize: configuration.kernelSize, padding: 1, rng: &rng), Activation(.relu),
        MaxPool2D(kernelSize: 2),
      ]
    }
    convolutions = Sequential(layers)
    head = Sequential.leNetHead(
      inputs: sizes.features, classes: classes, dropout: configuration.dropout, rng: &rng)
    super.init()
  }

  /// None.
  public var steerableLayers: SequentialModule? { nil }

  /// All layers.
  public var plainLayers: Sequential { Sequential(convolutions.layers + head.layers) }

  /// The maps after both convolutions.
  public func maps(_ images: Tensor) -> Tensor { convolutions(images) }

  /// The convolutions themselves.
  public func exportConvolutions() -> [Layer] { [convolutions] }
}

public import Datasets
public import EquivariantLayers
public import Layers
public import Tensors

/// The LeNet whose first convolution is equivariant to D_N and whose second is plain.
///
/// A convolution to 6 regular fields with ReLU, antialiased maximum pooling by 2 and the maximum over each field; then the
/// second convolution and the fully connected layers of the plain LeNet.
///
/// **Shapes**: `[N, C, H, W]` images to `[N, classes]` logits.
///
/// **Symmetry**: the 6 invariant maps turn with the image, exactly on the pixel grid for images with an even side; what
/// follows has none.
///
/// **Reference**: `DNRestrictedLeNet` of Scaife and Porter (2021); 2,501,256 parameters for every N with images of 151
/// pixels.
public final class RestrictedLeNet: Module, LeNet {
  /// The equivariant part, which ends in 6 invariant maps.
  public let convolutions: SequentialModule
  /// The plain convolution.
  public let plainConvolutions: Sequential
  /// The layers from its maps to logits.
  public let head: Sequential
  /// The images that it was made for.
  public let imageShape: ImageShape

  /// Creates the network of a configuration.
  ///
  /// **Throws**: `ModelError` when the images are too small or not square.
  ///
  /// **Traps**: for a configuration of a plain network, which has no group.
  public init(
    _ configuration: RadioGalaxyModelConfiguration, imageShape: ImageShape, classes: Int, rng: inout Generator
  ) throws(ModelError) {
    guard let plane = configuration.space else {
      Torch.fail(op: "RestrictedLeNet", "a \(configuration.kind.rawValue) has no group")
    }
    self.imageShape = imageShape
    let sizes = try LeNetSizes(imageShape, kernelSize: configuration.kernelSize)
    let input = FieldType(plane, Array(repeating: plane.trivial, count: imageShape.channels))
    let hidden = FieldType(plane, Array(repeating: plane.regular, count: 6))
    var modules: [EquivariantModule] = []
    if configuration.mask { modules.append(MaskModule(input, size: sizes.image, margin: 1)) }
    modules += [
      R2Conv(
        from: input, to: hidden, kernelSize: configuration.kernelSize, padding: 1, hasBias: false, rng: &rng),
      ReLU(hidden), PointwiseMaxPoolAntialiased(hidden, kernelSize: 2), GroupPooling(hidden),
    ]
    convolutions = SequentialModule(modules)
    plainConvolutions = Sequential(
      Conv2D(from: 6, to: LeNetSizes.channels, kernelSize: configuration.kernelSize, padding: 1, rng: &rng),
      Activation(.relu), MaxPool2D(kernelSize: 2))
    head = Sequential.leNetHead(
      inputs: sizes.features, classes: classes, dropout: configuration.dropout, rng: &rng)
    super.init()
  }

  /// The equivariant layers.
  public var steerableLayers: SequentialModule? { convolutions }

  /// The layers after them.
  public var plainLayers: Sequential { Sequential(plainConvolutions.layers + head.layers) }

  /// Nothing after the first convolution respects the group.
  public var claimsInvariance: Bool { false }

  /// The maps after the plain convolution.
  public func maps(_ images: Tensor) -> Tensor {
    plainConvolutions(convolutions(GeometricTensor(images, convolutions.inputType)).tensor)
  }

  /// The equivariant convolution with its filter expanded, and the plain one.
  public func exportConvolutions() -> [Layer] { [convolutions.export(), plainConvolutions] }
}

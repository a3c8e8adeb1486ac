public import Datasets
public import EquivariantLayers
public import Layers
public import Tensors

/// The LeNet whose convolutions are equivariant to C_N or D_N.
///
/// Convolutions to 6 and to 16 regular fields, each with ReLU and antialiased maximum pooling by 2; the maximum over each
/// field; and the fully connected layers of the plain LeNet.
///
/// **Shapes**: `[N, C, H, W]` images to `[N, classes]` logits.
///
/// **Symmetry**: the invariant maps that the fully connected layers see turn with the image; exactly, for elements that
/// map the pixel grid to itself, when the side of the image is 2 more than a multiple of 4 (50, 150). The published 151
/// pixels are not: pooling 149 pixels by 2 leaves one row and column uncovered. The logits are *not* invariant, because
/// the fully connected layers see where things are; they learn to be so from rotated images.
///
/// **Reference**: `CNSteerableLeNet` and `DNSteerableLeNet` of Scaife and Porter (2021); 2,515,736 parameters for C16 and
/// 2,532,632 for D16 with images of 151 pixels.
public final class SteerableLeNet: Module, LeNet {
  /// The equivariant part, which ends in 16 invariant maps.
  public let convolutions: SequentialModule
  /// The layers from those maps to logits.
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
      Torch.fail(op: "SteerableLeNet", "a \(configuration.kind.rawValue) has no group")
    }
    self.imageShape = imageShape
    let sizes = try LeNetSizes(imageShape, kernelSize: configuration.kernelSize)
    let input = FieldType(plane, Array(repeating: plane.trivial, count: imageShape.channels))
    let hidden = FieldType(plane, Array(repeating: plane.regular, count: 6))
    let output = FieldType(plane, Array(repeating: plane.regular, count: LeNetSizes.channels))
    var modules: [EquivariantModule] = []
    if configuration.mask { modules.append(MaskModule(input, size: sizes.image, margin: 1)) }
    for (from, to) in [(input, hidden), (hidden, output)] {
      modules += [
        R2Conv(
          from: from, to: to, kernelSize: configuration.kernelSize, padding: 1, hasBias: false, rng: &rng),
        ReLU(to), PointwiseMaxPoolAntialiased(to, kernelSize: 2),
      ]
    }
    modules.append(GroupPooling(output))
    convolutions = SequentialModule(modules)
    head = Sequential.leNetHead(
      inputs: sizes.features, classes: classes, dropout: configuration.dropout, rng: &rng)
    super.init()
  }

  /// The equivariant layers.
  public var steerableLayers: SequentialModule? { convolutions }

  /// The layers after them.
  public var plainLayers: Sequential { head }

  /// The logits depend on where the invariant maps have their values.
  public var claimsInvariance: Bool { false }

  /// The invariant maps after both convolutions.
  public func maps(_ images: Tensor) -> Tensor { convolutions(GeometricTensor(images, convolutions.inputType)).tensor }

  /// The convolutions with their filters expanded.
  public func exportConvolutions() -> [Layer] { [convolutions.export()] }
}

public import Datasets
public import EquivariantLayers
public import Layers
internal import Symmetry
public import Tensors
internal import Training

/// The networks of the metamaterial study: one convolution to four channels, ReLU, and a dense layer on all pixels.
///
/// **Shapes**: `[N, C, H, W]` images to `[N, 6]`: Q00, Q01, Q02, Q11, Q12, Q22.
///
/// **Symmetry**: none of the answer. The circular convolution commutes with cyclic shifts and the steerable one with its
/// group, but the dense layer sees where things are and keeps neither.
///
/// **Reference**: github.com/Tihstep/Equivariant-models; 98,350 parameters plain and circular, 98,330 with mirror images
/// or C2, 98,322 with C4, for cells of 64×64 pixels.
public final class DenseHeadCNN: Module, ImagePredictor {
  /// The steerable convolution with its ReLU; nil for a plain network.
  public let steerable: SequentialModule?
  /// The plain layers.
  public let layers: Sequential
  /// The images that it was made for.
  public let imageShape: ImageShape
  private let space: GSpace

  /// Creates the network of a configuration.
  ///
  /// **Throws**: `ModelError` for images that are not square where the group turns them, `SymmetryError` for an unknown
  /// group.
  public init(
    _ configuration: DenseHeadConfiguration, imageShape: ImageShape, outputs: Int, rng: inout Generator
  ) throws {
    self.imageShape = imageShape
    let channels = configuration.channels
    let head: [Layer]
    switch configuration.kind {
    case .plain, .circular:
      // What the network is held to by a verification, which it fails.
      space = .dihedral(4)
      steerable = nil
      head = [
        Conv2D(
          from: imageShape.channels, to: channels, kernelSize: 3, padding: 1,
          paddingMode: configuration.kind == .circular ? .circular : .zeros, rng: &rng),
        Activation(.relu),
      ]
    case .steerable:
      space = try GSpace(configuration.group)
      guard imageShape.isSquare else {
        throw ModelError.notSquare(network: "a steerable network of \(space.group.name)", image: "\(imageShape)")
      }
      let input = FieldType(space, Array(repeating: space.trivial, count: imageShape.channels))
      let hidden = FieldType(space, Array(repeating: space.trivial, count: channels))
      steerable = SequentialModule(
        R2Conv(from: input, to: hidden, kernelSize: 3, padding: 1, rng: &rng), ReLU(hidden))
      head = []
    }
    layers = Sequential(
      head + [Flatten(), Linear(from: channels * imageShape.height * imageShape.width, to: outputs, rng: &rng)])
    super.init()
  }

  /// The equivariant layers; nil for a plain network.
  public var steerableLayers: SequentialModule? { steerable }

  /// The layers after them.
  public var plainLayers: Sequential { layers }

  /// That of the tensor on the group that the network should respect.
  public var predictionType: FieldType? { FieldType(space, space.elasticity) }

  /// True: a shift of a periodic cell must change nothing, and no network with a dense layer on pixels can promise that.
  public var claimsShiftInvariance: Bool { true }

  /// The tensors of cells.
  public func callAsFunction(_ images: Tensor) -> Tensor {
    // Twice as fast; the dense layer counts channels first, whatever the layout in memory.
    let images = images.toMemoryFormat(.channelsLast)
    guard let steerable else { return layers(images) }
    return layers(steerable(GeometricTensor(images, steerable.inputType)).tensor)
  }

  /// The same function as plain layers.
  public func export() -> Sequential {
    let plain = Sequential((steerable.map { [$0.export()] } ?? []) + [layers]).fused()
    plain.to(parameters.first?.parameter.value.dtype ?? .float32)
    return plain
  }
}

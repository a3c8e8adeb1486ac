public import Datasets
public import EquivariantLayers
public import Layers
internal import Symmetry
public import Tensors
internal import Training

/// A network whose answer is the elasticity tensor of a periodic cell, with all of that tensor's symmetries.
///
/// Circular steerable convolutions between regular fields, the mean over all positions (`PeriodicMean`), a hidden layer of
/// regular fields on these means, and a steerable map to the representation of the tensor (`GSpace.elasticity`).
///
/// **Shapes**: `[N, 1, H, W]` images to `[N, 6]`: Q00, Q01, Q02, Q11, Q12, Q22.
///
/// **Symmetry**: end to end, for every choice of weights. A cyclic shift of the cell leaves the output as it is, and a
/// rotation or reflection of the group transforms it as a tensor of fourth order; exact, for elements that map the pixel
/// grid to itself.
public final class ElasticityNetwork: Module, ImagePredictor {
  /// The equivariant layers, which are all.
  public let features: SequentialModule
  /// The images that it was made for.
  public let imageShape: ImageShape

  /// Creates the network of a configuration.
  ///
  /// **Throws**: `ModelError` when the images do not fit, or `SymmetryError` for an unknown group.
  public init(
    _ configuration: ElasticityNetworkConfiguration, imageShape: ImageShape, rng: inout Generator
  ) throws {
    let space = try GSpace(configuration.group)
    let order = space.group.elements.count
    let stride = configuration.blocks.reduce(1) { $0 * $1.stride }
    guard imageShape.isSquare || space.group.order == 1 else {
      throw ModelError.notSquare(network: "an elasticity network of \(space.group.name)", image: "\(imageShape)")
    }
    guard imageShape.height % stride == 0, imageShape.width % stride == 0 else {
      throw ModelError.unevenStrides(stride: stride, image: "\(imageShape)")
    }
    self.imageShape = imageShape
    var type = FieldType(space, Array(repeating: space.trivial, count: imageShape.channels))
    var blocks: [SequentialModule] = []
    for block in configuration.blocks {
      let out = FieldType(space, (block.channels / order) * space.regular)
      let conv = R2Conv(
        from: type, to: out, kernelSize: block.kernelSize, stride: block.stride, padding: block.kernelSize / 2,
        paddingMode: .circular, hasBias: false, rng: &rng)
      blocks.append(SequentialModule(conv, InnerBatchNorm(out), ReLU(out)))
      type = out
    }
    let hidden = FieldType(space, (configuration.head / order) * space.regular)
    features = SequentialModule(
      PeriodicMean(blocks, rng: &rng),
      R2Conv(from: type, to: hidden, kernelSize: 1, rng: &rng), ELU(hidden),
      R2Conv(from: hidden, to: FieldType(space, space.elasticity), kernelSize: 1, rng: &rng))
    super.init()
  }

  /// All layers.
  public var steerableLayers: SequentialModule? { features }

  /// None.
  public var plainLayers: Sequential { Sequential([]) }

  /// That of the tensor.
  public var predictionType: FieldType? { features.outputType }

  /// True: shifts of a periodic cell change nothing.
  public var claimsShiftInvariance: Bool { true }

  /// The tensors of cells.
  public func callAsFunction(_ images: Tensor) -> Tensor {
    let output = features(GeometricTensor(images.toMemoryFormat(.channelsLast), features.inputType)).tensor
    return output.reshape([output.shape[0], output.shape[1]])
  }

  /// The same function as plain layers.
  public func export() -> Sequential {
    let plain = Sequential([features.export(), Flatten()]).fused()
    plain.to(parameters.first?.parameter.value.dtype ?? .float32)
    return plain
  }
}

public import Datasets
public import EquivariantLayers
public import Layers
internal import SteerableKernels
internal import Symmetry
public import Tensors
internal import Training

/// A classifier whose answer does not change when its image is rotated (or reflected) by the group.
///
/// Blocks of steerable convolution, inner batch norm, nonlinearity and pooling; then the mean over the remaining
/// positions, the maximum over each field, and a small fully connected head on those invariants.
///
/// **Shapes**: `[N, C, H, W]` images to `[N, classes]` logits.
///
/// **Symmetry**: invariant under the group; exact for elements that map the pixel grid of every layer to itself
/// (see `R2Conv` and the pooling layers for the conditions on sizes and strides).
///
/// **Reference**: Weiler and Cesa, "General E(2)-Equivariant Steerable CNNs", NeurIPS 2019, appendix on rotated MNIST.
public final class SteerableCNN: Module, ImageClassifier {
  /// The equivariant part, which ends in invariant maps of one pixel.
  public let features: SequentialModule
  /// The layers from invariant features to logits.
  public let head: Sequential
  private let geometry: InputGeometry

  /// The images that it was made for, before any padding.
  public var imageShape: ImageShape { geometry.imageShape }

  /// **Throws**: `ModelError`, or `SymmetryError` for a group or notation that cannot be read.
  public init(
    _ configuration: CNNConfiguration, imageShape: ImageShape, classes: Int, rng: inout Generator
  ) throws {
    let space = try GSpace(configuration.group, axis: configuration.axis * .pi / 180)
    let input = FieldType(space, Array(repeating: space.trivial, count: imageShape.channels))
    geometry = try InputGeometry(imageShape, inputSide: configuration.inputSide)

    var modules: [EquivariantModule] = []
    var side = geometry.height
    var type = input
    if let margin = configuration.maskMargin {
      modules.append(MaskModule(input, size: geometry.height, margin: margin))
    }
    for (index, block) in configuration.blocks.enumerated() {
      let out = try Self.hiddenType(block.fields, group: configuration.group, axis: configuration.axis)
      let room = side + 2 * block.padding - block.kernelSize
      guard room >= 0 else {
        throw ModelError.vanishes(block: index, side: side, kernelSize: block.kernelSize, padding: block.padding)
      }
      side = room / block.stride + 1
      let cutoff = try Self.checkKernels(from: type, to: out, block: block, index: index)
      modules.append(
        R2Conv(
          from: type, to: out, kernelSize: block.kernelSize, stride: block.stride, padding: block.padding,
          hasBias: false,
          frequencyCutoff: cutoff, rng: &rng))
      modules.append(InnerBatchNorm(out))
      modules.append(configuration.nonlinearity == .relu ? ReLU(out) : ELU(out))
      if let pool = block.pool {
        try pool.check(side: side, block: index)
        let module = pool.module(out)
        side = module.evaluateOutputShape([1, out.size, side, side])[2]
        modules.append(module)
      }
      type = out
    }
    modules.append(PointwiseAdaptiveAvgPool(type, outputSize: 1))
    let invariant = GroupPooling(type)
    modules.append(invariant)
    features = SequentialModule(modules)
    head = Sequential.classifier(
      inputs: invariant.outputType.size, hidden: configuration.head, classes: classes, dropout: configuration.dropout,
      rng: &rng)
    super.init()
  }

  /// The equivariant layers.
  public var steerableLayers: SequentialModule? { features }

  /// The layers after them.
  public var plainLayers: Sequential { head }

  /// The logits of images.
  public func callAsFunction(_ images: Tensor) -> Tensor {
    let x = geometry.pad(images).toMemoryFormat(.channelsLast)
    return head(features(GeometricTensor(x, features.inputType)).tensor)
  }

  /// The same function as plain layers, with the filters expanded and the batch norms folded.
  public func export() -> Sequential {
    let plain = Sequential(geometry.layers + [features.export(), head]).fused()
    plain.to(parameters.first?.parameter.value.dtype ?? .float32)
    return plain
  }

  /// The hidden field type that `notation` names.
  ///
  /// **Throws**: `SymmetryError` or `ModelError.notPointwise`.
  static func hiddenType(_ notation: String, group: String, axis: Double) throws -> FieldType {
    let type = try FieldType(notation, on: GSpace(group, axis: axis * .pi / 180))
    for field in type.representations where !field.capabilities.contains(.pointwise) {
      throw ModelError.notPointwise(field: field.name, group: group)
    }
    return type
  }

  /// Reads a block's band limit and makes sure that some kernel maps one type to the other.
  ///
  /// **Throws** `ModelError.emptyBasis`, or `KernelError` for an unknown cut-off.
  /// **Complexity** That of the basis, which is built once per process.
  @discardableResult
  static func checkKernels(
    from input: FieldType, to output: FieldType, block: BlockConfiguration, index: Int
  ) throws -> FrequencyCutoff {
    let cutoff = try FrequencyCutoff(block.cutoff)
    let configuration = KernelConfiguration(
      kernelSize: block.kernelSize, frequencyCutoff: cutoff, axis: input.space.axis)
    for from in input.distinctRepresentations {
      for to in output.distinctRepresentations {
        try KernelMemory.check(from: from, to: to, configuration: configuration)
      }
    }
    let weights = R2Conv.basisDimension(
      from: input, to: output, kernelSize: block.kernelSize, frequencyCutoff: cutoff)
    guard weights > 0 else {
      throw ModelError.emptyBasis(
        block: index, input: Representation.notation(for: input.representations),
        output: Representation.notation(for: output.representations), kernelSize: block.kernelSize, cutoff: block.cutoff
      )
    }
    return cutoff
  }
}

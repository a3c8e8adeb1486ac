public import Datasets
public import EquivariantLayers
public import Layers
internal import Symmetry
public import Tensors
internal import Training

/// A wide residual network of regular fields, as in the examples of e2cnn.
///
/// The group may become smaller on the way (``WideResNetConfiguration/restriction``): early layers share what they learn
/// among many orientations, late ones may tell up from down.
///
/// **Shapes**: `[N, C, H, W]` images to `[N, classes]` logits.
///
/// **Symmetry**: invariant under the group that is left at the end; exact for elements that map the pixel grid of every
/// layer to itself, which images of 4n + 1 pixels have (33 rather than 32, set `inputSide`; 8n + 1 where the first stage
/// has a stride of 2), and approximate for others.
///
/// **State**: the keys of the original: `conv1`, `layer1.0.bn1`, `layer1.0.conv1`, …, `bn`, `linear`.
///
/// **Reference**: Weiler and Cesa, "General E(2)-Equivariant Steerable CNNs", NeurIPS 2019, section 3 and appendix.
///
/// **escnn**: `Wide_ResNet` in the examples; escnn's copy gives groups without rotations kernels of 5 pixels.
public final class SteerableWideResNet: Module, ImageClassifier {
  /// The first convolution.
  public let conv1: R2Conv
  /// The first stage.
  public let layer1: [WideBasicBlock]
  /// The change of the group before the second stage; empty without one.
  public let restrict1: [EquivariantModule]
  /// The second stage.
  public let layer2: [WideBasicBlock]
  /// The change of the group before the third stage; empty without one.
  public let restrict2: [EquivariantModule]
  /// The third stage.
  public let layer3: [WideBasicBlock]
  /// The last normalization.
  public let norm: InnerBatchNorm
  /// The nonlinearity after it.
  public let relu: ReLU
  /// The maximum over each field, where the last convolution does not map to invariant fields.
  public let groupPool: GroupPooling?
  /// The mean over all positions.
  public let pool: PointwiseAdaptiveAvgPool
  /// From invariant features to logits.
  public let linear: Linear
  private let geometry: InputGeometry

  /// The images that it was made for, before any padding.
  public var imageShape: ImageShape { geometry.imageShape }

  /// The keys of the original.
  public override class var stateKeys: [String: String] { ["norm": "bn"] }

  /// Creates the network of a configuration.
  ///
  /// **Throws**: `ModelError` when images are too large or a stage too narrow.
  ///
  /// **Complexity**: linear in the number of weights.
  public init(
    _ configuration: WideResNetConfiguration, imageShape: ImageShape, classes: Int, rng: inout Generator
  ) throws {
    geometry = try InputGeometry(imageShape, inputSide: configuration.inputSide)
    let plan = try SteerableWideResNetPlan(configuration, channels: imageShape.channels)
    let initialization: WeightInitialization = configuration.deltaOrthogonal ? .deltaOrthogonal : .generalizedHe
    conv1 = R2Conv(
      from: plan.image, to: plan.stem, kernelSize: plan.stemKernelSize, padding: (plan.stemKernelSize - 1) / 2,
      hasBias: false, frequencyCutoff: plan.cutoff, initialization: initialization, rng: &rng)
    func blocks(_ stage: Int, rng: inout Generator) -> [WideBasicBlock] {
      var blocks: [WideBasicBlock] = []
      for block in plan.stages[stage].blocks {
        blocks.append(
          WideBasicBlock(
            block, cutoff: plan.cutoff, initialization: initialization, dropout: configuration.dropout, rng: &rng))
      }
      return blocks
    }
    layer1 = blocks(0, rng: &rng)
    restrict1 = Self.modules(plan.stages[1].restriction)
    layer2 = blocks(1, rng: &rng)
    restrict2 = Self.modules(plan.stages[2].restriction)
    layer3 = blocks(2, rng: &rng)
    norm = InnerBatchNorm(plan.features, momentum: configuration.finalMomentum)
    relu = ReLU(plan.features)
    groupPool = configuration.convToTrivial ? nil : GroupPooling(plan.features)
    let invariant = groupPool?.outputType ?? plan.features
    pool = PointwiseAdaptiveAvgPool(invariant, outputSize: 1)
    linear = Linear(from: invariant.size, to: classes, biasInitializer: .zeros, rng: &rng)
    super.init()
  }

  private static func modules(_ restriction: SteerableWideResNetPlan.Restriction?) -> [EquivariantModule] {
    guard let restriction else { return [] }
    let module = RestrictionModule(restriction.input, to: restriction.subgroup)
    return restriction.isSplit ? [module, DisentangleModule(module.outputType)] : [module]
  }

  private var parts: [EquivariantModule] {
    [conv1] + layer1 + restrict1 + layer2 + restrict2 + layer3 + [norm, relu] + (groupPool.map { [$0] } ?? []) + [pool]
  }

  /// The equivariant layers, block by block.
  public var steerableLayers: SequentialModule? { SequentialModule(parts) }

  /// The layers after them.
  public var plainLayers: Sequential { Sequential(Flatten(), linear) }

  /// The logits of images.
  public func callAsFunction(_ images: Tensor) -> Tensor {
    let x = geometry.pad(images).toMemoryFormat(.channelsLast)
    let features = EquivariantModule.chain(parts, GeometricTensor(x, conv1.inputType))
    return plainLayers(features.tensor)
  }

  /// The same function as plain layers, with the filters expanded and batch norms folded into the convolutions before
  /// them.
  ///
  /// The batch norms that follow a sum stay.
  public func export() -> Sequential {
    let layers = parts.flatMap { part in (part as? WideBasicBlock)?.exportedLayers ?? [part.export()] }
    let plain = Sequential(geometry.layers + layers + plainLayers.layers).fused()
    plain.to(parameters.first?.parameter.value.dtype ?? .float32)
    return plain
  }
}

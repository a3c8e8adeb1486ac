internal import Datasets
internal import PartialEquivariance
internal import Symmetry
public import Training

/// The `model` section of a network of continuous group convolutions.
///
/// **Reference**: Romero and Lohit, "Learning Partial Equivariances From Data", NeurIPS 2022.
public struct PartialConfiguration: ConfigurationSection {
  /// The networks that a configuration can name.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case ckResNet = "ck-resnet"
    case gcnn
    case augerinoCKResNet = "augerino-ck-resnet"
    case augerinoGCNN = "augerino-gcnn"

    /// Whether the network learns a range of turned copies of the image instead of convolving over the group.
    public var isAugerino: Bool { self == .augerinoCKResNet || self == .augerinoGCNN }
  }

  /// What turns the last feature maps into one number a field.
  public enum Pooling: String, Codable, CaseIterable, Sendable {
    case maximum, learned
  }

  /// The network.
  public var kind: Kind
  /// The fields of the first layer.
  public var hidden: Int
  /// For each block the factor that multiplies `hidden`.
  public var widths: [Double]
  /// The blocks (from 1) after which maps are halved; 0 is the lifting layer.
  public var poolBlocks: [Int]
  /// The probability of dropout.
  public var dropout: Double
  /// The blocks (from 1) of a gcnn after which fields are dropped.
  public var dropoutBlocks: [Int]
  /// "batch-norm" or "layer-norm".
  public var norm: String
  /// Side that images are padded to with zeros, at the right and the bottom; nil keeps them as they are.
  public var inputSide: Int?
  /// The elements of the last convolution: "sampled", "identity" or "singular-identity".
  public var lastOutputs: String
  /// What turns the last feature maps into one number a field.
  public var pooling: Pooling
  /// How Augerino matches pixels: "centered" or "mismatched".
  public var alignment: String
  /// What surrounds images: "same" or "valid".
  public var padding: String
  /// Whether convolutions have biases.
  public var bias: Bool
  /// The group and its elements.
  public var group: PartialGroupConfiguration
  /// The continuous kernels.
  public var kernel: PartialKernelConfiguration
  /// The weight of the norms of all generated kernels in the loss.
  public var kernelNormLoss: Double
  /// The weight in the loss of supports that grow from layer to layer.
  public var monotonicityLoss: Double
  /// The learning rate of the learned supports; nil for that of everything else.
  public var supportRate: Double?
  /// The learning rate of learned frequencies; nil for that of everything else.
  public var frequencyRate: Double?

  /// Reads the `model` section.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    kind = try node.choice("kind", of: Kind.self)
    hidden = try node.int("hidden", in: .within(1...4096))
    widths = try node.doubles("widths", default: [1, 2], in: .within(0.001...64))
    poolBlocks = try node.ints("poolBlocks", default: [], in: .within(0...64))
    dropout = try node.double("dropout", default: 0, in: .from(0, below: 1))
    let isChain = kind == .gcnn || kind == .augerinoGCNN
    dropoutBlocks = isChain ? try node.ints("dropoutBlocks", default: [], in: .within(1...64)) : []
    norm = try node.choice("norm", default: GroupNormalization.Kind.batch).rawValue
    inputSide = try node.optionalInt("inputSide", in: .within(1...4096))
    lastOutputs =
      isChain ? "sampled" : try node.choice("lastOutputs", default: GroupConvolution.Outputs.sampled).rawValue
    pooling = isChain ? .maximum : try node.choice("pooling", default: .maximum)
    alignment =
      kind.isAugerino
      ? try node.choice("alignment", default: AugerinoNetwork.Alignment.centered).rawValue : "centered"
    padding = try node.choice("padding", default: ConvolutionPadding.same).rawValue
    bias = try node.bool("bias", default: true)
    group = try PartialGroupConfiguration(node.section("group"))
    kernel = try PartialKernelConfiguration(node.section("kernel"))
    let losses = try node.section("losses")
    kernelNormLoss = try losses.double("kernelNorm", default: 0, in: .atLeast(0))
    monotonicityLoss = try losses.double("monotonicity", default: 0, in: .atLeast(0))
    let rates = try node.section("rates")
    supportRate = try rates.optionalDouble("support", in: .moreThan(0))
    frequencyRate = try rates.optionalDouble("frequency", in: .moreThan(0))
    if kind.isAugerino, group.partial {
      throw node.invalid(
        anyOf: ["group.partial", "kind"],
        "cannot be used: partial: true is for other kinds, Augerino's convolutions have no group; leave it out")
    }
    if !kind.isAugerino, !group.partial, group.name == .se2, group.samples == 1, group.options.method == .random {
      throw node.invalid(
        anyOf: ["group.samples", "group.sampling"],
        "cannot be used: random samples turn the only element by any angle; the translations alone are SE2 with "
          + "samples: 1 and sampling: deterministic")
    }
    if widths.isEmpty { throw node.invalid("widths", "must list a factor for at least one block, as in [1, 2]") }
    do {
      try options.validate()
      if kind.isAugerino { _ = try AugerinoNetwork.copies(options.sampling) }
    } catch {
      throw node.invalid(anyOf: Self.keys(of: error), "cannot be used: \(error)")
    }
    if let setting = unused.first(where: \.isRefused) {
      throw node.invalid(anyOf: [setting.key], "has no effect: \(setting.reason)")
    }
  }

  /// Makes sure that kernels and poolings fit the images, while the place of the setting that does not is known.
  ///
  /// Images that are not square, or larger than `inputSide`, are refused when the network is made.
  func check(imageShape: ImageShape, in root: ConfigurationNode) throws(ConfigurationError) {
    let side = inputSide ?? imageShape.height
    guard imageShape.height == imageShape.width, side >= imageShape.height else { return }
    do {
      try options.validate(side: side)
    } catch {
      throw root.invalid(anyOf: Self.keys(of: error).map { "model.\($0)" }, "cannot be used: \(error)")
    }
  }

  /// The keys that an error is about, the likeliest first.
  private static func keys(of error: NetworkError) -> [String] {
    switch error {
    case .sampling(let error): keys(of: error).map { "group.\($0)" }
    case .evenKernel: ["kernel.size"]
    case .kernel: ["kernel.layers", "kernel.kind"]
    case .kernelTooLarge: ["kernel.size", "poolBlocks", "inputSide", "widths", "padding"]
    case .poolsAway: ["poolBlocks", "inputSide", "padding", "kernel.size", "widths"]
    case .noBlock(let option, _, _): [option, "widths"]
    case .learnedPoolingOfPartial: ["pooling", "group.partial"]
    case .size, .dropout, .residualOnly, .weight: ["kind"]
    }
  }

  private static func keys(of error: SamplingError) -> [String] {
    switch error {
    case .group: ["name"]
    case .count: ["samples"]
    case .oddCount: ["samples", "name"]
    case .deterministicPerLayer: ["perLayer", "sampling"]
    case .deterministicPerBatchElement: ["perBatchElement", "sampling"]
    case .partialNeedsPerLayer: ["perLayer", "partial", "sampling"]
    case .nothingToLearn: ["samples", "partial"]
    case .temperature: ["initialTemperature", "finalTemperature"]
    }
  }

  /// The options of the network.
  var options: NetworkOptions {
    let isChain = kind == .gcnn || kind == .augerinoGCNN
    return NetworkOptions(
      isChain ? .gcnn : .ckResNet, hidden: hidden, widths: widths, poolBlocks: poolBlocks,
      dropoutBlocks: dropoutBlocks, dropout: dropout, norm: .init(rawValue: norm) ?? .batch,
      sampling: group.options, isPartial: group.partial, kernel: kernel.kernel, kernelSize: kernel.kernelSize,
      padding: .init(rawValue: padding) ?? .same, hasBias: bias, lastOutputs: .init(rawValue: lastOutputs) ?? .sampled,
      pooling: pooling == .learned ? .learned : .maximum, kernelNormWeight: kernelNormLoss,
      monotonicityWeight: monotonicityLoss)
  }
}

public import Datasets
public import Tensors
public import Training

/// The `model` section of an experiment: which network, with the settings of its kind.
public enum ModelConfiguration: ConfigurationSection {
  /// The networks that a configuration can name.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case steerableCNN = "steerable-cnn"
    case plainCNN = "plain-cnn"
    case steerableWideResNet = "steerable-wide-resnet"
    case wideResNet = "wide-resnet"
    case ckResNet = "ck-resnet"
    case gcnn
    case augerinoCKResNet = "augerino-ck-resnet"
    case augerinoGCNN = "augerino-gcnn"
    case vanillaLeNet = "vanilla-lenet"
    case cnSteerableLeNet = "cn-steerable-lenet"
    case dnSteerableLeNet = "dn-steerable-lenet"
    case dnRestrictedLeNet = "dn-restricted-lenet"
    case hmtNet = "hmtnet"
    case metamaterialCNN = "metamaterial-cnn"
    case metamaterialCircularCNN = "metamaterial-circular-cnn"
    case metamaterialSteerableCNN = "metamaterial-steerable-cnn"
    case elasticityNetwork = "elasticity-network"
  }

  /// A network of blocks, steerable or plain.
  case cnn(CNNConfiguration)
  /// A wide residual network, steerable or plain.
  case wideResNet(WideResNetConfiguration)
  /// A network of continuous group convolutions, or one that learns a range of turned copies.
  case partial(PartialConfiguration)
  /// A network of the radio-galaxy study.
  case radioGalaxy(RadioGalaxyModelConfiguration)
  /// A network of the metamaterial study.
  case denseHead(DenseHeadConfiguration)
  /// A network that predicts elasticity tensors with all their symmetries.
  case elasticity(ElasticityNetworkConfiguration)

  /// Reads the `model` section; `kind` decides which keys it has.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    switch try node.choice("kind", of: Kind.self) {
    case .steerableCNN, .plainCNN: self = .cnn(try CNNConfiguration(node))
    case .steerableWideResNet, .wideResNet: self = .wideResNet(try WideResNetConfiguration(node))
    case .ckResNet, .gcnn, .augerinoCKResNet, .augerinoGCNN: self = .partial(try PartialConfiguration(node))
    case .vanillaLeNet, .cnSteerableLeNet, .dnSteerableLeNet, .dnRestrictedLeNet, .hmtNet:
      self = .radioGalaxy(try RadioGalaxyModelConfiguration(node))
    case .metamaterialCNN, .metamaterialCircularCNN, .metamaterialSteerableCNN:
      self = .denseHead(try DenseHeadConfiguration(node))
    case .elasticityNetwork: self = .elasticity(try ElasticityNetworkConfiguration(node))
    }
  }

  /// Side that images are padded to with zeros, at the right and the bottom; nil keeps them as they are.
  public var inputSide: Int? {
    switch self {
    case .cnn(let settings): settings.inputSide
    case .wideResNet(let settings): settings.inputSide
    case .partial(let settings): settings.inputSide
    case .radioGalaxy, .denseHead, .elasticity: nil
    }
  }

  /// One sentence for each setting that is accepted although it changes nothing.
  public var notices: [String] {
    if case .partial(let settings) = self { settings.notices } else { [] }
  }

  /// Makes sure, as far as settings alone tell, that the network fits images of a shape, while the place of the setting that
  /// does not is known.
  ///
  /// - Parameter root: The whole configuration.
  func check(imageShape: ImageShape, in root: ConfigurationNode) throws(ConfigurationError) {
    if case .partial(let settings) = self { try settings.check(imageShape: imageShape, in: root) }
  }

  /// A fresh network for images of a shape.
  ///
  /// **Throws**: `ModelError` when the layers do not fit the images.
  public func makeModel(
    imageShape: ImageShape, classes: Int, rng: inout Generator
  ) throws -> any ImageClassifier {
    switch self {
    case .cnn(let settings):
      settings.kind == .steerable
        ? try SteerableCNN(settings, imageShape: imageShape, classes: classes, rng: &rng)
        : try PlainCNN(settings, imageShape: imageShape, classes: classes, rng: &rng)
    case .wideResNet(let settings):
      settings.kind == .steerable
        ? try SteerableWideResNet(settings, imageShape: imageShape, classes: classes, rng: &rng)
        : try WideResNet(settings, imageShape: imageShape, classes: classes, rng: &rng)
    case .partial(let settings):
      try PartialClassifier(settings, imageShape: imageShape, classes: classes, rng: &rng)
    case .radioGalaxy(let settings):
      try settings.makeModel(imageShape: imageShape, classes: classes, rng: &rng)
    case .denseHead(let settings):
      try DenseHeadCNN(settings, imageShape: imageShape, outputs: classes, rng: &rng)
    case .elasticity(let settings):
      try ElasticityNetwork(settings, imageShape: imageShape, rng: &rng)
    }
  }
}

internal import Foundation

/// An experiment as a configuration file describes it.
///
/// The sections `data` and `model` belong to the program that runs the experiment: it supplies their types.
/// ```yaml
/// name: c8-small
/// seed: 7
/// data: {…}
/// model: {…}
/// training: {epochs: 30, batchSize: 64, optimizer: {kind: adam, learningRate: 0.001}}
/// output: {tensorBoard: true}
/// ```
public struct ExperimentConfiguration<DataSection: ConfigurationSection, ModelSection: ConfigurationSection>:
  Codable, Hashable, Sendable
{
  /// The name of the experiment.
  public var name: String
  /// The seed that every random choice derives from.
  public var seed: UInt64
  /// What to train and test on.
  public var data: DataSection
  /// The network.
  public var model: ModelSection
  /// How to train it.
  public var training: TrainingConfiguration
  /// What to write beside the weights.
  public var output: OutputConfiguration

  /// Puts the sections together.
  public init(
    name: String, seed: UInt64, data: DataSection, model: ModelSection, training: TrainingConfiguration = .init(),
    output: OutputConfiguration = .init()
  ) {
    self.name = name
    self.seed = seed
    self.data = data
    self.model = model
    self.training = training
    self.output = output
  }

  /// Reads all sections and rejects unknown keys.
  ///
  /// **Throws**: `ConfigurationError` with the file and line, or the flag.
  public init(_ root: ConfigurationNode) throws(ConfigurationError) {
    name = try root.string("name")
    seed = UInt64(try root.int("seed", default: 0, in: .atLeast(0)))
    data = try DataSection(root.section("data"))
    model = try ModelSection(root.section("model"))
    training = try TrainingConfiguration(root.section("training"))
    output = try OutputConfiguration(root.section("output"))
    try root.finish()
  }

  /// Reads a file with overrides of the form `key.sub=value`.
  ///
  /// **Throws**: `ConfigurationError` with the file and line, or the flag.
  public static func load(
    path: String, overrides: [String] = []
  ) throws(ConfigurationError) -> (configuration: Self, resolved: ConfigurationValue) {
    let root = try ConfigurationNode.load(path: path, overrides: overrides)
    let configuration = try Self(root)
    return (configuration, root.resolved)
  }
}

extension ConfigurationNode {
  /// Reads a YAML file with overrides of the form `key.sub=value`.
  ///
  /// **Throws**: `ConfigurationError` if the file cannot be read or is not YAML.
  public static func load(
    path: String, overrides: [String] = []
  ) throws(ConfigurationError) -> ConfigurationNode {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw ConfigurationError(origin: .file(path), message: "no such file")
    }
    guard !isDirectory.boolValue else {
      throw ConfigurationError(origin: .file(path), message: "is a folder, not a configuration file")
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError(origin: .file(path), message: "cannot be read")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConfigurationError(origin: .file(path), message: "is not UTF-8 text")
    }
    return try parse(yaml: text, source: path, overrides: overrides)
  }
}

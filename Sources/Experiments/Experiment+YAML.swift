public import Training

extension Experiment {
  /// Reads settings from text; `source` names it in messages.
  ///
  /// **Throws**: `ConfigurationError`, with the line or the override that does not fit.
  public init(yaml: String, source: String, overrides: [String] = []) throws(ConfigurationError) {
    let root = try ConfigurationNode.parse(yaml: yaml, source: source, overrides: overrides)
    configuration = try Configuration(root)
    resolved = root.resolved
  }
}

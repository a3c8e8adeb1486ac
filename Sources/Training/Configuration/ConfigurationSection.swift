/// A part of the settings that reads itself from its section of a configuration file.
public protocol ConfigurationSection: Codable, Hashable, Sendable {
  /// Reads the section; every key that it knows must be asked for, present or not.
  ///
  /// **Throws**: `ConfigurationError` for a missing, mistyped or out-of-range value. Unknown keys are rejected by the
  /// caller's `finish()`.
  init(_ node: ConfigurationNode) throws(ConfigurationError)
}

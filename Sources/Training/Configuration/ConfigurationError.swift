/// A setting that cannot be used, with the place it came from.
///
/// The description is one line: `Configs/demo.yaml:12: unknown key "epoch" in training; did you mean "epochs"?`.
public struct ConfigurationError: Error, Hashable, Sendable {
  /// Where the setting was written.
  public let origin: ConfigurationOrigin
  /// What is wrong with it, in one sentence without a full stop.
  public let message: String

  /// Creates an error about a setting written at `origin`.
  public init(origin: ConfigurationOrigin, message: String) {
    self.origin = origin
    self.message = message
  }
}

extension ConfigurationError: CustomStringConvertible {
  /// The origin and the message in one line.
  public var description: String { "\(origin): \(message)" }
}

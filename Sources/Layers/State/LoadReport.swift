/// Which keys a load left aside.
public struct LoadReport: Hashable, Sendable {
  /// Keys of the module that the state did not hold.
  public let missingKeys: [String]
  /// Keys of the state that the module does not have.
  public let unexpectedKeys: [String]
  /// Whether every key was used.
  public var isComplete: Bool { missingKeys.isEmpty && unexpectedKeys.isEmpty }
}

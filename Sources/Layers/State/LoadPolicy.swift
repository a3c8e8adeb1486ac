/// What a module accepts when state is loaded into it.
///
/// Shapes must agree in every policy.
public struct LoadPolicy: Hashable, Sendable {
  /// Whether keys of the module may be missing in the state; they keep their values.
  public var allowsMissingKeys: Bool
  /// Whether the state may hold keys that the module does not have; they are ignored.
  public var allowsUnexpectedKeys: Bool
  /// Whether floating-point tensors of other types are converted.
  public var convertsTypes: Bool

  /// Creates a policy.
  public init(allowsMissingKeys: Bool = false, allowsUnexpectedKeys: Bool = false, convertsTypes: Bool = false) {
    self.allowsMissingKeys = allowsMissingKeys
    self.allowsUnexpectedKeys = allowsUnexpectedKeys
    self.convertsTypes = convertsTypes
  }

  /// Exactly the module's keys, shapes and types.
  public static let strict = LoadPolicy()
  /// Exactly the module's keys and shapes; floating-point types are converted.
  public static let converting = LoadPolicy(convertsTypes: true)
  /// The keys that both have; floating-point types are converted.
  public static let lenient = LoadPolicy(
    allowsMissingKeys: true, allowsUnexpectedKeys: true, convertsTypes: true)
}

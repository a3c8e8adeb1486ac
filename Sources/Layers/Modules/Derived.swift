/// A value computed from parameters and buffers, kept until one of them changes.
///
/// Steerable convolutions keep their expanded filter in one in evaluation mode.
///
/// **State**: none; a derived value is neither trained nor saved.
public final class Derived<Value>: SelfContained {
  private var kept: (value: Value, versions: [Int])?

  /// Creates an empty holder.
  public init() {}

  /// Returns the kept value, or computes it when there is none or when one of the sources changed since.
  public func value(
    of parameters: [Parameter], buffers: [Buffer] = [], _ compute: () -> Value
  ) -> Value {
    let versions = parameters.map(\.version) + buffers.map(\.version)
    if let kept, kept.versions == versions { return kept.value }
    let value = compute()
    kept = (value, versions)
    return value
  }

  /// Whether a value is kept.
  public var isKept: Bool { kept != nil }

  /// Forgets the kept value.
  public func forget() { kept = nil }
}

extension FrequencyCutoff: CustomStringConvertible {
  /// The text that `init(_:)` reads; custom functions print their `id`.
  public var description: String {
    switch self {
    case .default: "default"
    case .rule2: "-2"
    case .rule3: "-3"
    case .linear(let factor): "\(factor)r"
    case .halfInteger: "half-integer"
    case .dilated: "dilated"
    case .custom(let id, _): "custom(\(id))"
    }
  }
}

public import OrderedCollections

/// Values of an expected kind, or an error that says what was expected where.
extension Pickle {
  /// An error about `what`.
  func failure(
    _ what: String, _ problem: String, expected: String? = nil, kind: InterchangeError.Kind = .malformed
  ) -> InterchangeError {
    InterchangeError(kind, path: path, "\(what) \(problem)", expected: expected)
  }

  /// The kind of a value in words.
  func kind(_ value: PickleValue) -> String {
    switch value {
    case .none: "None"
    case .bool: "a truth value"
    case .integer, .largeInteger: "an integer"
    case .float: "a number"
    case .text: "a text"
    case .bytes: "bytes"
    case .object(let reference): self[reference].kind
    }
  }

  private func mismatch(_ value: PickleValue, _ what: String, _ expected: String) -> InterchangeError {
    failure(what, "is \(kind(value))", expected: expected)
  }

  /// The object behind a value, or nil if it is a plain value.
  public func object(_ value: PickleValue) -> PickleObject? {
    if case .object(let reference) = value { return self[reference] }
    return nil
  }

  /// An integer.
  ///
  /// **Throws**: `InterchangeError` naming `what` for anything else.
  public func integer(_ value: PickleValue, _ what: String) throws(InterchangeError) -> Int {
    guard case .integer(let integer) = value else { throw mismatch(value, what, "an integer") }
    return integer
  }

  /// A text; ASCII bytes count as one, for they are Python 2's strings.
  ///
  /// **Throws**: `InterchangeError` naming `what` for anything else.
  public func text(_ value: PickleValue, _ what: String) throws(InterchangeError) -> String {
    switch value {
    case .text(let text): return text
    case .bytes(let bytes) where bytes.allSatisfy({ $0 < 0x80 }): return String(decoding: bytes, as: UTF8.self)
    default: throw mismatch(value, what, "a text")
    }
  }

  /// The values of a list or tuple.
  ///
  /// **Throws**: `InterchangeError` naming `what` for anything else.
  public func elements(_ value: PickleValue, _ what: String) throws(InterchangeError) -> [PickleValue] {
    switch object(value) {
    case .list(let values)?, .tuple(let values)?: return values
    default: throw mismatch(value, what, "a list or tuple")
    }
  }

  /// The integers of a list or tuple.
  ///
  /// **Throws**: `InterchangeError` naming `what` for anything else.
  public func integers(_ value: PickleValue, _ what: String) throws(InterchangeError) -> [Int] {
    var integers: [Int] = []
    for element in try elements(value, what) { integers.append(try integer(element, "an element of \(what)")) }
    return integers
  }

  /// A dictionary with texts as keys.
  ///
  /// **Throws**: `InterchangeError` naming `what` for anything else, also for a key that occurs twice.
  public func dictionary(
    _ value: PickleValue, _ what: String
  ) throws(InterchangeError) -> OrderedDictionary<String, PickleValue> {
    guard case .dictionary(let entries)? = object(value) else { throw mismatch(value, what, "a dictionary") }
    var result: OrderedDictionary<String, PickleValue> = [:]
    for entry in entries {
      let key = try text(entry.key, "a key of \(what)")
      guard result.updateValue(entry.value, forKey: key) == nil else {
        throw failure(what, "holds the key \"\(key)\" twice")
      }
    }
    return result
  }
}

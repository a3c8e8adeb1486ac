/// NumPy's arrays in pickles.
extension Pickle {
  /// The array or number that a value stands for, with little-endian elements in row-major order.
  ///
  /// **Throws**: `InterchangeError` naming `what` for anything else, and for objects, texts and records.
  public func array(_ value: PickleValue, _ what: String) throws(InterchangeError) -> HostArray {
    guard case .call(let name, let arguments, let state)? = object(value) else {
      throw failure(what, "is \(kind(value))", expected: "an array of NumPy's")
    }
    switch name.name {
    case "_reconstruct":
      // The state is (version, shape, element type, whether columns come first, elements).
      let parts = try state.map { state throws(InterchangeError) in try elements(state, "the state of \(what)") } ?? []
      guard parts.count == 5 else {
        throw failure(what, "is an array without its contents", expected: "a state of five values")
      }
      return try assembled(
        shape: try integers(parts[1], "the shape of \(what)"), type: parts[2], isFortranOrder: parts[3] == .bool(true),
        contents: parts[4], what)
    case "_frombuffer" where arguments.count == 4:
      return try assembled(
        shape: try integers(arguments[2], "the shape of \(what)"), type: arguments[1],
        isFortranOrder: arguments[3] == .text("F"), contents: arguments[0], what)
    case "scalar" where arguments.count == 2:
      return try assembled(shape: [], type: arguments[0], isFortranOrder: false, contents: arguments[1], what)
    default:
      throw failure(what, "is \(kind(value))", expected: "an array of NumPy's")
    }
  }

  private func assembled(
    shape: [Int], type: PickleValue, isFortranOrder: Bool, contents: PickleValue, _ what: String
  ) throws(InterchangeError) -> HostArray {
    let (element, isBigEndian) = try elementType(type, what)
    guard shape.allSatisfy({ $0 >= 0 }) else { throw failure(what, "has the shape \(shape)", expected: "no negatives") }
    guard case .bytes(let bytes) = contents else {
      throw failure(what, "has elements that are \(kind(contents))", expected: "bytes", kind: .unsupported)
    }
    let count = NumPy.byteCount(of: shape, size: element.size)
    guard count == bytes.count else {
      throw failure(
        what, "has \(bytes.count) bytes for \(element) \(shape)", expected: count.map { "\($0) bytes" })
    }
    return NumPy.rowMajor(
      bytes, NumPyHeader(element: element, isBigEndian: isBigEndian, isFortranOrder: isFortranOrder, shape: shape))
  }

  /// The element type of a `numpy.dtype`: a call with a code such as `f4` and a state whose second part is the byte order.
  private func elementType(
    _ value: PickleValue, _ what: String
  ) throws(InterchangeError) -> (element: ElementType, isBigEndian: Bool) {
    guard case .call(let name, let arguments, let state)? = object(value), name.name == "dtype",
      let first = arguments.first
    else { throw failure("the element type of \(what)", "is \(kind(value))", expected: "a numpy.dtype") }
    let code = try text(first, "the element type of \(what)")
    var order = "|"
    if let state {
      let parts = try elements(state, "the element type of \(what)")
      if parts.count > 1 { order = try text(parts[1], "the byte order of \(what)") }
    }
    // The code may carry an order itself.
    let bare = String(code.drop { "<>=|".contains($0) })
    guard let element = NumPyHeader.element(code: bare), "<>=|".contains(order), order.count == 1 else {
      throw failure(
        what, "has elements of type '\(order)\(code)'", expected: "numbers or truth values", kind: .unsupported)
    }
    return (element, order == ">" || code.hasPrefix(">"))
  }
}

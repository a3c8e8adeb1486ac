internal import CTorchShim
internal import Synchronization

/// An operator of the engine, found once by its name and kept.
struct Operator: @unchecked Sendable {
  let pointer: TSOperator

  private struct Name: Hashable {
    let name: String
    let overload: String
  }

  private static let known = Mutex<[Name: Operator]>([:])

  private init(pointer: TSOperator) {
    self.pointer = pointer
  }

  init(_ name: String, _ overload: String) throws(TorchError) {
    let key = Name(name: name, overload: overload)
    // Held while it is looked up, so that no two threads make two handles, of which one would be lost.
    self = try Self.known.withLock { known throws(TorchError) in
      if let found = known[key] { return found }
      Torch.start()
      var error = TSError()
      guard let pointer = ts_find_operator(name, overload, &error) else { throw TorchError(&error, name, []) }
      let operation = Operator(pointer: pointer)
      known[key] = operation
      return operation
    }
  }

  /// Calls the operator; `names[i]` is nil for an argument by position.
  func callAsFunction(
    _ arguments: [Torch.Value], names: [String?] = [], operation: @autoclosure () -> String
  ) throws(TorchError) -> [Torch.Value] {
    var error = TSError()
    var results: UnsafeMutablePointer<TSValue>?
    var count = 0
    let texts = names.map { $0.map { Array($0.utf8CString) } }
    let wordCount = arguments.reduce(0) { $0 + $1.wordCount }
    let succeeded = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(wordCount, 1)) { arena in
      withUnsafeTemporaryAllocation(of: TSValue.self, capacity: max(arguments.count, 1)) { values in
        guard var words = arena.baseAddress, let start = values.baseAddress else { return false }
        for (index, argument) in arguments.enumerated() {
          (start + index).initialize(to: argument.native(&words))
        }
        return withExtendedLifetime(arguments) {
          withPointers(to: texts) { ts_call(pointer, start, $0, arguments.count, &results, &count, &error) }
        }
      }
    }
    guard succeeded else { throw TorchError(&error, operation(), arguments.flatMap(\.operands)) }
    defer { ts_values_free(results, count) }
    return UnsafeBufferPointer(start: results, count: count).map { Torch.Value(owned: $0) }
  }

  private func withPointers(
    to texts: [[CChar]?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Bool
  ) -> Bool {
    if texts.isEmpty { return body(nil) }
    // The bytes of all names in one buffer, so that their addresses hold together.
    let bytes = texts.flatMap { $0 ?? [] }
    return bytes.withUnsafeBufferPointer { buffer in
      var offset = 0
      let pointers = texts.map { text -> UnsafePointer<CChar>? in
        guard let text, let base = buffer.baseAddress else { return nil }
        defer { offset += text.count }
        return base + offset
      }
      return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }
}

/// Calls an operator that has one tensor as its result.
func invoke(
  _ operation: StaticString, _ name: String, _ overload: String, _ arguments: [Torch.Value]
) throws(TorchError) -> Tensor {
  let results = try Operator(name, overload)(arguments, operation: operation.description)
  guard let tensor = results.first?.tensor else {
    let shapes = arguments.flatMap(\.operands).map(\.shape)
    throw .other(.init(operation: operation.description, operands: shapes, message: "the result is not a tensor"))
  }
  return tensor
}

/// Calls an operator that has several tensors, or a list of them, as its result.
func invokeList(
  _ operation: StaticString, _ name: String, _ overload: String, _ arguments: [Torch.Value]
) throws(TorchError) -> [Tensor] {
  let results = try Operator(name, overload)(arguments, operation: operation.description)
  if results.count == 1, let list = results[0].tensors { return list }
  return results.compactMap(\.tensor)
}

/// Calls an operator without overloads that has one tensor as its result.
func invoke(_ operation: StaticString, _ name: String, _ arguments: [Torch.Value]) throws(TorchError) -> Tensor {
  try invoke(operation, name, "", arguments)
}

/// Calls an operator without overloads that has several tensors, or a list of them, as its result.
func invokeList(_ operation: StaticString, _ name: String, _ arguments: [Torch.Value]) throws(TorchError) -> [Tensor] {
  try invokeList(operation, name, "", arguments)
}

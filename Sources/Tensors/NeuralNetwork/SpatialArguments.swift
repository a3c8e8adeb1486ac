/// Reads the arguments of one operation on spatial dimensions and says what is wrong with them.
struct SpatialArguments {
  let operation: StaticString
  let count: Int
  let tensor: Tensor

  /// An operation over `count` dimensions of `tensor`.
  init(_ operation: StaticString, _ count: Int, _ tensor: Tensor) {
    self.operation = operation
    self.count = count
    self.tensor = tensor
  }

  /// One number per dimension, not negative.
  func values(_ argument: any SpatialValues, _ name: StaticString) throws(TorchError) -> [Int] {
    try read(argument, name, minimum: 0)
  }

  /// One number per dimension, at least 1.
  func positive(_ argument: any SpatialValues, _ name: StaticString) throws(TorchError) -> [Int] {
    try read(argument, name, minimum: 1)
  }

  private func read(
    _ argument: any SpatialValues, _ name: StaticString, minimum: Int
  ) throws(TorchError) -> [Int] {
    guard let values = argument.values(count: count) else {
      throw failure("\(name) is \(argument); one number or \(count) are expected")
    }
    guard values.allSatisfy({ $0 >= minimum }) else {
      throw failure("\(name) is \(argument); at least \(minimum) is expected")
    }
    return values
  }

  /// Throws unless the condition holds.
  func require(_ condition: Bool, _ message: @autoclosure () -> String) throws(TorchError) {
    if !condition { throw failure(message()) }
  }

  private func failure(_ message: String) -> TorchError {
    .shape(TorchError.Details(operation: operation.description, operands: [tensor.shape], message: message))
  }
}

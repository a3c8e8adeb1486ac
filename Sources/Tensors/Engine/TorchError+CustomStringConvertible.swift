extension TorchError.Details: CustomStringConvertible {
  /// One line such as `matmul([2, 3], [4, 5]): …`.
  public var description: String {
    let shapes = operands.isEmpty ? "" : "(\(operands.map(\.description).joined(separator: ", ")))"
    return "\(operation)\(shapes): \(message)"
  }
}

extension TorchError: CustomStringConvertible {
  /// One line that names the operation, the shapes and the reason.
  public var description: String { details.description }
}

extension Shape: ExpressibleByArrayLiteral {
  /// Makes a shape from a literal such as `[2, 3]`.
  public init(arrayLiteral elements: Int...) {
    self.init(elements)
  }
}

extension Shape: RandomAccessCollection {
  /// The position of the outermost dimension.
  public var startIndex: Int { 0 }
  /// The position past the innermost dimension.
  public var endIndex: Int { dimensions.count }
}

extension Shape: CustomStringConvertible {
  /// The sizes in brackets.
  public var description: String { dimensions.description }
}

/// The sizes of a tensor's dimensions, outermost first; prints as `[2, 3, 8, 8]`.
public struct Shape: Hashable, Sendable {
  /// The sizes, one per dimension.
  public var dimensions: [Int]

  /// Makes a shape from its sizes.
  public init(_ dimensions: [Int]) {
    self.dimensions = dimensions
  }

  /// The number of dimensions.
  public var rank: Int { dimensions.count }

  /// The number of elements that a tensor of this shape has.
  public var elementCount: Int { dimensions.reduce(1, *) }

  /// The size of a dimension; a negative index counts from the last dimension.
  ///
  /// **Traps**: when the shape has no such dimension.
  public subscript(dimension: Int) -> Int {
    get { dimensions[resolved(dimension)] }
    set { dimensions[resolved(dimension)] = newValue }
  }

  private func resolved(_ dimension: Int) -> Int {
    let index = dimension < 0 ? dimension + rank : dimension
    guard dimensions.indices.contains(index) else {
      Torch.fail(operation: "shape", operands: [self], message: "there is no dimension \(dimension)")
    }
    return index
  }
}

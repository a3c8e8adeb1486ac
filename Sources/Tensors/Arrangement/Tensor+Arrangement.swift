// Operations that arrange elements.
extension Tensor {
  /// The same elements in row-major order with another shape; one size may be -1, to be found.
  public func reshape(_ shape: Shape) -> Tensor { trapping(try checked.reshape(shape)) }
  /// The same memory with another shape; fails where that needs a copy.
  public func view(_ shape: Shape) -> Tensor { trapping(try checked.view(shape)) }
  /// Dimensions of size 1 repeated to a shape without copies; -1 keeps a size.
  public func expand(to shape: Shape) -> Tensor { trapping(try checked.expand(to: shape)) }
  /// The dimensions in another order.
  public func permute(_ order: [Int]) -> Tensor { trapping(try checked.permute(order)) }
  /// Two dimensions exchanged.
  public func transpose(_ a: Int = -2, _ b: Int = -1) -> Tensor { trapping(try checked.transpose(a, b)) }
  /// The dimensions from one to another made one.
  public func flatten(from first: Int = 0, to last: Int = -1) -> Tensor {
    trapping(try checked.flatten(from: first, to: last))
  }
  /// Without a dimension of size 1, or without all of them.
  public func squeeze(_ dimension: Int? = nil) -> Tensor { trapping(try checked.squeeze(dimension)) }
  /// With a new dimension of size 1.
  public func unsqueeze(_ dimension: Int) -> Tensor { trapping(try checked.unsqueeze(dimension)) }
  /// Pieces of `size` along a dimension; the last one may be smaller.
  public func split(_ size: Int, along dimension: Int = 0) -> [Tensor] {
    trapping(try checked.split(size, along: dimension))
  }
  /// Pieces of the given sizes along a dimension.
  public func split(sizes: [Int], along dimension: Int = 0) -> [Tensor] {
    trapping(try checked.split(sizes: sizes, along: dimension))
  }
  /// At most `count` pieces of equal size along a dimension.
  public func chunk(_ count: Int, along dimension: Int = 0) -> [Tensor] {
    trapping(try checked.chunk(count, along: dimension))
  }
  /// The elements in reverse order along dimensions.
  public func flip(_ dimensions: [Int]) -> Tensor { trapping(try checked.flip(dimensions)) }
  /// The elements moved along dimensions, those past the end back to the start.
  public func roll(_ shifts: [Int], along dimensions: [Int]) -> Tensor {
    trapping(try checked.roll(shifts, along: dimensions))
  }
  /// Turned by quarter turns from the first dimension toward the second; by default those of a picture, where a positive
  /// count turns it counter-clockwise.
  public func rot90(_ count: Int = 1, in dimensions: [Int] = [-2, -1]) -> Tensor {
    trapping(try checked.rot90(count, in: dimensions))
  }
  /// The whole repeated along each dimension; further dimensions come in front.
  public func `repeat`(_ counts: [Int]) -> Tensor { trapping(try checked.`repeat`(counts)) }
  /// Each element repeated along a dimension.
  public func repeatEach(_ count: Int, along dimension: Int) -> Tensor {
    trapping(try checked.repeatEach(count, along: dimension))
  }
  /// The elements on the diagonal of two dimensions, as the last dimension.
  public func diagonal(offset: Int = 0, _ first: Int = -2, _ second: Int = -1) -> Tensor {
    trapping(try checked.diagonal(offset: offset, first, second))
  }
  /// The part on and below a diagonal, zeros elsewhere.
  public func lowerTriangle(diagonal: Int = 0) -> Tensor { trapping(try checked.lowerTriangle(diagonal: diagonal)) }
  /// The part on and above a diagonal, zeros elsewhere.
  public func upperTriangle(diagonal: Int = 0) -> Tensor { trapping(try checked.upperTriangle(diagonal: diagonal)) }
}

internal import CTorchShim

// Operations that arrange elements.
extension CheckedTensor {
  /// The same elements in row-major order with another shape; one size may be -1, to be found.
  public func reshape(_ shape: Shape) throws(TorchError) -> Tensor {
    try produce("reshape", tensor) { ts_reshape($0, shape.dimensions, shape.rank, $1) }
  }
  /// The same memory with another shape; fails where that needs a copy.
  public func view(_ shape: Shape) throws(TorchError) -> Tensor {
    try produce("view", tensor) { ts_view($0, shape.dimensions, shape.rank, $1) }
  }
  /// Dimensions of size 1 repeated to a shape without copies; -1 keeps a size.
  public func expand(to shape: Shape) throws(TorchError) -> Tensor {
    try produce("expand", tensor) { ts_expand($0, shape.dimensions, shape.rank, $1) }
  }
  /// The dimensions in another order.
  public func permute(_ order: [Int]) throws(TorchError) -> Tensor {
    try produce("permute", tensor) { ts_permute($0, order, order.count, $1) }
  }
  /// Two dimensions exchanged.
  public func transpose(_ a: Int = -2, _ b: Int = -1) throws(TorchError) -> Tensor {
    try produce("transpose", tensor) { ts_transpose($0, a, b, $1) }
  }
  /// The dimensions from one to another made one.
  public func flatten(from first: Int = 0, to last: Int = -1) throws(TorchError) -> Tensor {
    try produce("flatten", tensor) { ts_flatten($0, first, last, $1) }
  }
  /// Without a dimension of size 1, or without all of them.
  public func squeeze(_ dimension: Int? = nil) throws(TorchError) -> Tensor {
    guard let dimension else { return try produce("squeeze", tensor) { ts_squeeze_all($0, $1) } }
    return try produce("squeeze", tensor) { ts_squeeze($0, dimension, $1) }
  }
  /// With a new dimension of size 1.
  public func unsqueeze(_ dimension: Int) throws(TorchError) -> Tensor {
    try produce("unsqueeze", tensor) { ts_unsqueeze($0, dimension, $1) }
  }
  /// Pieces of `size` along a dimension; the last one may be smaller.
  public func split(_ size: Int, along dimension: Int = 0) throws(TorchError) -> [Tensor] {
    try invokeList("split", "aten::split", "Tensor", [.tensor(tensor), .int(size), .int(dimension)])
  }
  /// Pieces of the given sizes along a dimension.
  public func split(sizes: [Int], along dimension: Int = 0) throws(TorchError) -> [Tensor] {
    try invokeList("split", "aten::split_with_sizes", [.tensor(tensor), .intList(sizes), .int(dimension)])
  }
  /// At most `count` pieces of equal size along a dimension.
  public func chunk(_ count: Int, along dimension: Int = 0) throws(TorchError) -> [Tensor] {
    try invokeList("chunk", "aten::chunk", [.tensor(tensor), .int(count), .int(dimension)])
  }
  /// The elements in reverse order along dimensions.
  public func flip(_ dimensions: [Int]) throws(TorchError) -> Tensor {
    try produce("flip", tensor) { ts_flip($0, dimensions, dimensions.count, $1) }
  }
  /// The elements moved along dimensions, those past the end back to the start.
  public func roll(_ shifts: [Int], along dimensions: [Int]) throws(TorchError) -> Tensor {
    try invoke("roll", "aten::roll", [.tensor(tensor), .intList(shifts), .intList(dimensions)])
  }
  /// Turned by quarter turns from the first dimension toward the second; by default those of a picture, where a positive
  /// count turns it counter-clockwise.
  public func rot90(_ count: Int = 1, in dimensions: [Int] = [-2, -1]) throws(TorchError) -> Tensor {
    try invoke("rot90", "aten::rot90", [.tensor(tensor), .int(count), .intList(dimensions)])
  }
  /// The whole repeated along each dimension; further dimensions come in front.
  public func `repeat`(_ counts: [Int]) throws(TorchError) -> Tensor {
    try invoke("repeat", "aten::repeat", [.tensor(tensor), .intList(counts)])
  }
  /// Each element repeated along a dimension.
  public func repeatEach(_ count: Int, along dimension: Int) throws(TorchError) -> Tensor {
    try invoke("repeatEach", "aten::repeat_interleave", "self_int", [.tensor(tensor), .int(count), .int(dimension)])
  }
  /// The elements on the diagonal of two dimensions, as the last dimension.
  public func diagonal(offset: Int = 0, _ first: Int = -2, _ second: Int = -1) throws(TorchError) -> Tensor {
    try invoke("diagonal", "aten::diagonal", [.tensor(tensor), .int(offset), .int(first), .int(second)])
  }
  /// The part on and below a diagonal, zeros elsewhere.
  public func lowerTriangle(diagonal: Int = 0) throws(TorchError) -> Tensor {
    try invoke("lowerTriangle", "aten::tril", [.tensor(tensor), .int(diagonal)])
  }
  /// The part on and above a diagonal, zeros elsewhere.
  public func upperTriangle(diagonal: Int = 0) throws(TorchError) -> Tensor {
    try invoke("upperTriangle", "aten::triu", [.tensor(tensor), .int(diagonal)])
  }
}

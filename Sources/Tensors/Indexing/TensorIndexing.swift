/// What can stand in a subscript of a tensor: integers, ranges, tensors and `TensorIndex`.
public protocol TensorIndexing {
  /// The index that it stands for.
  var tensorIndex: TensorIndex { get }
}

extension TensorIndexing where Self == TensorIndex {
  /// A whole dimension.
  public static var all: TensorIndex { .slice(start: 0, end: .max, step: 1) }
  /// A new dimension of size 1.
  public static var newAxis: TensorIndex { .inserted }
  /// As many whole dimensions as it takes for the indices after it to be the last ones.
  public static var rest: TensorIndex { .remaining }
  /// The elements from `start` on, `step` apart.
  public static func every(_ step: Int, from start: Int = 0) -> TensorIndex {
    .slice(start: start, end: .max, step: step)
  }
}

/// One position of a subscript of a tensor.
public enum TensorIndex {
  /// One element; the dimension goes.
  case element(Int)
  /// The elements from `start` up to `end`, in steps; negative ends count from the last element.
  case slice(start: Int, end: Int, step: Int)
  /// A new dimension of size 1; written `.newAxis`.
  case inserted
  /// As many whole dimensions as it takes for the indices after it to be the last ones; written `.rest`.
  case remaining
  /// The elements at the positions that a tensor of integers names, or where a tensor of truth values is true.
  case tensor(Tensor)
}

import OrderedCollections
public import Tensors

extension StateDict: RandomAccessCollection {
  /// The position of the first entry.
  public var startIndex: Int { 0 }
  /// The position after the last entry.
  public var endIndex: Int { entries.count }
  /// The entry at a position.
  public subscript(position: Int) -> (key: String, value: Tensor) {
    let element = entries.elements[position]
    return (element.key, element.value)
  }
}

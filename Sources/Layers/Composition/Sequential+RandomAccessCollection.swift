extension Sequential: RandomAccessCollection {
  /// The position of the first layer.
  public var startIndex: Int { 0 }
  /// The position after the last layer.
  public var endIndex: Int { layers.count }
  /// The layer at a position.
  public subscript(position: Int) -> Layer { layers[position] }
}

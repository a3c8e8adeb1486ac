extension ModuleList: RandomAccessCollection {
  /// The position of the first module.
  public var startIndex: Int { 0 }
  /// The position after the last module.
  public var endIndex: Int { parts.count }
  /// The module at a position.
  public subscript(position: Int) -> EquivariantModule { parts[position] }
}

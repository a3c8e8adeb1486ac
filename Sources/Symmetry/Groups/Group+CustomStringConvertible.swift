extension Group: CustomStringConvertible {
  /// The name of the group.
  public var description: String { name }
}

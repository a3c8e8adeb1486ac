extension Representation: CustomStringConvertible {
  /// The name with the group, such as `regular(C8)` or `irrep(1,1)(D4)`.
  public var description: String { "\(name)(\(group))" }
}

extension GeometricTensor: CustomStringConvertible {
  /// The shape and the type.
  public var description: String { "GeometricTensor \(shape) of \(type)" }
}

extension Irrep: CustomStringConvertible {
  /// The notation of the irrep, such as `irrep(1)` or `irrep(1,2)`.
  public var description: String { "irrep(" + id.map(String.init).joined(separator: ",") + ")" }
}

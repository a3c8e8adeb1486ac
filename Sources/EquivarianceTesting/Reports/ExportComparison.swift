/// How far plain layers are from the module that they were exported from.
public struct ExportComparison: Codable, Hashable, Sendable {
  /// What was exported.
  public var name: String

  /// The shape of the output.
  public var outputShape: [Int]

  /// Whether both outputs have the same shape.
  public var hasEqualShapes: Bool

  /// The largest absolute difference.
  public var maximum: Double

  /// The Euclidean norm of the difference divided by that of the module's output.
  public var relative: Double

  /// Whether the outputs agree to a tolerance; false for numbers that are not finite.
  public func agrees(tolerance: Double = 1e-5) -> Bool { hasEqualShapes && maximum <= tolerance }
}

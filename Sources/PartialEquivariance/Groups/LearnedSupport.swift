internal import Foundation

/// How much of its group a layer has learned to use.
///
/// Random sampling learns a width, deterministic sampling the probability of each rotation; both that of reflections.
///
/// **Reference**: Romero and Lohit (2022).
public struct LearnedSupport: Codable, Hashable, Sendable, CustomStringConvertible {
  /// θ: angles are drawn evenly from ±180°·θ; nil where single rotations are kept or dropped.
  public let width: Double?
  /// The probabilities that the rotations by 1/N, 2/N, … of a turn are kept; nil where there is a width.
  public let rotations: [Double]?
  /// The probability of the reflections; nil for a group without.
  public let reflections: Double?

  init(width: Double? = nil, rotations: [Double]? = nil, reflections: Double? = nil) {
    self.width = width
    self.rotations = rotations
    self.reflections = reflections
  }

  /// All numbers with names: "width", or "rotation-1", "rotation-2", …; and "reflections".
  public var numbers: [(name: String, value: Double)] {
    (width.map { [("width", $0)] } ?? [])
      + (rotations ?? []).enumerated().map { ("rotation-\($0 + 1)", $1) }
      + (reflections.map { [("reflections", $0)] } ?? [])
  }

  /// One line, as "±165.2°, reflections 0.97" or "rotations 90° 0.88, 180° 0.12, 270° 0.85".
  public var description: String {
    var parts: [String] = []
    if let width { parts.append(String(format: "±%.1f°", abs(180 * width))) }
    if let rotations, !rotations.isEmpty {
      let spacing = 360 / Double(rotations.count + 1)
      let kept = rotations.enumerated().map { String(format: "%g° %.2f", Double($0 + 1) * spacing, $1) }
      parts.append("rotations " + kept.joined(separator: ", "))
    }
    if let reflections { parts.append(String(format: "reflections %.2f", reflections)) }
    return parts.joined(separator: ", ")
  }
}

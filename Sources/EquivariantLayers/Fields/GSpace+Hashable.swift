import Foundation

extension GSpace: Hashable {
  /// The axis in units of 1e-10 turns, so that angles that differ only by rounding are equal.
  private var axisKey: Int {
    let turn = 10_000_000_000
    let key = Int((axis / (2 * .pi) * Double(turn)).rounded())
    return key == turn ? 0 : key
  }

  /// Whether group and axis agree (the axis to 1e-10 of a full turn).
  public static func == (lhs: GSpace, rhs: GSpace) -> Bool {
    lhs.group == rhs.group && lhs.axisKey == rhs.axisKey
  }

  /// Hashes the group and the axis.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(group)
    hasher.combine(axisKey)
  }
}

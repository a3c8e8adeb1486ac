import Foundation
import Symmetry

extension GSpace: Hashable {
  /// The mirror line in units of 1e-10 turns, so that angles that differ by half a turn or by rounding are equal.
  private var axisKey: Int {
    let half = 5_000_000_000
    return Int((axis / .pi * Double(half)).rounded()) % half
  }

  /// Whether the groups act in the same way: equal groups and actions, and one mirror line (to 1e-10 of a full turn).
  ///
  /// The angles θ and θ + π are the same line. The basis kernels of a layer follow the angle, so that those of odd
  /// frequency have opposite signs in two such spaces.
  public static func == (lhs: GSpace, rhs: GSpace) -> Bool {
    lhs.group == rhs.group && lhs.axisKey == rhs.axisKey && lhs.action == rhs.action
  }

  /// Hashes the group, the mirror line and the action.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(group)
    hasher.combine(axisKey)
    hasher.combine(action)
  }
}

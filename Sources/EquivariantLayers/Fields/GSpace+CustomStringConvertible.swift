import Foundation
import Symmetry

extension GSpace: CustomStringConvertible {
  /// The group's name, with the mirror line in degrees when it is not the default, or with the action.
  public var description: String {
    if let action { return "\(group.name)(acting by \(action.name))" }
    guard group.hasReflections, self != GSpace(group) else { return group.name }
    let degrees = (axis * 180 / .pi * 1000).rounded().truncatingRemainder(dividingBy: 180_000) / 1000
    let text = degrees == degrees.rounded() ? String(Int(degrees)) : String(degrees)
    return "\(group.name)(axis \(text)°)"
  }
}

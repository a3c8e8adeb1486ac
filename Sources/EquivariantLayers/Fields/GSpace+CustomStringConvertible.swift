import Foundation
import Symmetry

extension GSpace: CustomStringConvertible {
  /// The group's name, with the axis in degrees when it is not the default.
  public var description: String {
    guard group.hasReflections, abs(axis - .pi / 2) > 1e-9 else { return group.name }
    let degrees = (axis * 180 / .pi * 1000).rounded() / 1000
    let text = degrees == degrees.rounded() ? String(Int(degrees)) : String(degrees)
    return "\(group.name)(axis \(text)°)"
  }
}

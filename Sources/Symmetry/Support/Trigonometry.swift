internal import Foundation

/// Cosine and sine of angles that belong to group elements.
enum Trigonometry {
  /// The cosine and sine of `step` turns by 1/`order` of the circle; exact at quarter turns.
  static func turn(_ step: Int, of order: Int) -> (cosine: Double, sine: Double) {
    let step = modulo(step, order)
    if (4 * step) % order == 0 {
      switch 4 * step / order {
      case 0: return (1, 0)
      case 1: return (0, 1)
      case 2: return (-1, 0)
      default: return (0, -1)
      }
    }
    let angle = 2 * Double.pi * Double(step) / Double(order)
    return (cos(angle), sin(angle))
  }

  /// The cosine and sine of an angle.
  static func turn(_ angle: Double) -> (cosine: Double, sine: Double) {
    (cos(angle), sin(angle))
  }

  /// The cosine and sine of an angle, with rounding errors at quarter turns removed.
  static func snappedTurn(_ angle: Double) -> (cosine: Double, sine: Double) {
    let quarters = angle / (Double.pi / 2)
    if abs(quarters - quarters.rounded()) <= 1e-14 * max(1, abs(quarters)), abs(quarters) < 1e9 {
      return turn(Int(quarters.rounded()), of: 4)
    }
    return turn(angle)
  }

  /// The angle in [0, 2π).
  static func normalized(_ angle: Double) -> Double {
    let remainder = angle.truncatingRemainder(dividingBy: 2 * Double.pi)
    let result = remainder < 0 ? remainder + 2 * Double.pi : remainder
    return result >= 2 * Double.pi ? 0 : result
  }

  /// The step nearest to an angle among `order` steps of a full turn, or nil when none is within the tolerance.
  static func step(nearest angle: Double, of order: Int, tolerance: Double = 1e-9) -> Int? {
    guard angle.isFinite else { return nil }
    let position = normalized(angle) * Double(order) / (2 * Double.pi)
    let nearest = position.rounded()
    guard abs(position - nearest) * 2 * Double.pi / Double(order) <= tolerance else { return nil }
    return modulo(Int(nearest), order)
  }

  /// The remainder in 0..<`divisor`.
  static func modulo(_ value: Int, _ divisor: Int) -> Int {
    let remainder = value % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }

  /// The counter-clockwise rotation of the plane with the given cosine and sine.
  static func rotation(_ turn: (cosine: Double, sine: Double)) -> Matrix {
    Matrix([[turn.cosine, -turn.sine], [turn.sine, turn.cosine]])
  }

  /// The reflection that keeps the first axis.
  static let reflection = Matrix([[1, 0], [0, -1]])
}

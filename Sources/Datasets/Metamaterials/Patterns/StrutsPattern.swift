import Foundation

/// A lattice of struts: families of parallel lines in two to four directions, straight or wavy, of different thickness.
struct StrutsPattern: CellPattern {
  /// Parallel lines a x + b y = whole number, a and b whole numbers, which the cell's repetition continues.
  private struct Family {
    let a: Double
    let b: Double
    let offset: Double
    let thickness: Double
    let wave: Double
    let phase: Double
  }

  private let families: [Family]

  init(using rng: inout SeededGenerator) {
    var directions = [(1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2)]
    rng.shuffle(&directions)
    let waviness = rng.uniform() < 0.5 ? 0 : rng.uniform(0.02, 0.12)
    families = directions.prefix(2 + rng.integer(below: 3)).map { a, b in
      let count = a * a + b * b > 2 ? 1 : 1 + rng.integer(below: 2)
      return Family(
        a: Double(a * count), b: Double(b * count), offset: rng.uniform(), thickness: exp(rng.uniform(-0.7, 0.7)),
        wave: waviness, phase: rng.uniform(0, 2 * .pi))
    }
  }

  /// Minus the distance from the nearest strut, in its thickness.
  func value(_ x: Double, _ y: Double) -> Double {
    var least = Double.infinity
    for family in families {
      let length = (family.a * family.a + family.b * family.b).squareRoot()
      // A wave along the line keeps the cell's period.
      let along = 2 * .pi * (family.a * y - family.b * x) + family.phase
      let count = family.a * x + family.b * y + family.offset + family.wave * length * sin(along)
      least = min(least, abs(count - count.rounded()) / (length * family.thickness))
    }
    return -least
  }
}

import Foundation

/// A plate with rounded holes: turned ellipses up to rectangles with round corners, alike or of different sizes.
struct HolesPattern: CellPattern {
  private struct Hole {
    let x: Double
    let y: Double
    let cosine: Double
    let sine: Double
    let length: Double
    let width: Double
    let exponent: Double
  }

  private let holes: [Hole]

  init(using rng: inout SeededGenerator) {
    let metric = StretchedMetric(largest: 1.5, using: &rng)
    let points = ScatteredPoints(count: 2 + rng.integer(below: 8), metric: metric, using: &rng).points
    let (aspect, angle) = (exp(rng.uniform(0, log(3.0))), rng.uniform(0, .pi))
    let (scatter, spread) = (rng.uniform(0, 0.5), rng.uniform(0, 0.4))
    let exponent = exp(rng.uniform(log(2.0), log(8.0)))
    holes = points.flatMap { point in
      let size = exp(spread * rng.normal())
      let turn = angle + scatter * rng.normal()
      return ScatteredPoints.images(of: point).map {
        Hole(
          x: $0.x, y: $0.y, cosine: cos(turn), sine: sin(turn), length: size * aspect.squareRoot(),
          width: size / aspect.squareRoot(), exponent: exponent)
      }
    }
  }

  /// By how much the nearest hole would have to grow to reach the point.
  func value(_ x: Double, _ y: Double) -> Double {
    var least = Double.infinity
    for hole in holes {
      let (dx, dy) = (x - hole.x, y - hole.y)
      let along = abs(hole.cosine * dx + hole.sine * dy) / hole.length
      let across = abs(hole.cosine * dy - hole.sine * dx) / hole.width
      let larger = max(along, across)
      // Most holes are too far to matter; their powers need not be taken.
      guard larger < least else { continue }
      least = min(least, pow(pow(along, hole.exponent) + pow(across, hole.exponent), 1 / hole.exponent))
    }
    return least
  }
}

/// Points spread over a periodic cell, none close to another.
struct ScatteredPoints {
  /// The points, both coordinates from 0 to 1.
  let points: [(x: Double, y: Double)]

  /// Draws points one after the other, each the farthest from the others of eight candidates.
  ///
  /// **Reference**: Mitchell 1991, "Spectrally optimal sampling for distribution ray tracing" (best candidates).
  init(count: Int, metric: StretchedMetric, using rng: inout SeededGenerator) {
    var points: [(x: Double, y: Double)] = []
    for _ in 0..<count {
      var best: (point: (x: Double, y: Double), distance: Double)?
      for _ in 0..<8 {
        let candidate = (x: rng.uniform(), y: rng.uniform())
        let distance =
          points.map { other in
            Self.images(of: other).map { metric.square(candidate.x - $0.x, candidate.y - $0.y) }.min() ?? 0
          }.min() ?? 0
        if best.map({ distance > $0.distance }) ?? true { best = (candidate, distance) }
      }
      if let best { points.append(best.point) }
    }
    self.points = points
  }

  /// A point and its copies in the eight cells around.
  static func images(of point: (x: Double, y: Double)) -> [(x: Double, y: Double)] {
    [-1.0, 0, 1].flatMap { down in [-1.0, 0, 1].map { (point.x + $0, point.y + down) } }
  }
}

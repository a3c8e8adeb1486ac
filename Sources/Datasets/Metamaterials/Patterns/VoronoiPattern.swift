/// The frame of walls between the cells of scattered points (a Voronoi diagram), in a stretched metric.
struct VoronoiPattern: CellPattern {
  private let metric: StretchedMetric
  private let points: [(x: Double, y: Double)]

  init(using rng: inout SeededGenerator) {
    metric = StretchedMetric(largest: 2.5, using: &rng)
    points = ScatteredPoints(count: 3 + rng.integer(below: 10), metric: metric, using: &rng).points
      .flatMap(ScatteredPoints.images)
  }

  /// Minus the distance from the wall, in the metric: from the line halfway between the nearest point and any other.
  func value(_ x: Double, _ y: Double) -> Double {
    let squares = points.map { metric.square(x - $0.x, y - $0.y) }
    var nearest = 0
    for index in squares.indices where squares[index] < squares[nearest] { nearest = index }
    var distance = Double.infinity
    for index in points.indices where index != nearest {
      let gap = metric.square(points[index].x - points[nearest].x, points[index].y - points[nearest].y)
      distance = min(distance, (squares[index] - squares[nearest]) / (2 * gap.squareRoot()))
    }
    return -distance
  }
}

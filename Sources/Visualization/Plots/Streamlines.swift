/// Curves that follow a vector field, spread so that each small cell of the plane is crossed by one of them at most.
///
/// **Reference**: the spacing follows Jobard and Lefer, "Creating evenly-spaced streamlines of arbitrary density", 1997,
/// with a grid of occupied cells in place of distances.
struct Streamlines {
  /// The curves as points in grid units, where pixel (0, 0) covers [0, 1]²; in the direction of the vectors.
  private(set) var curves: [[(x: Double, y: Double)]] = []

  private let field: VectorField
  /// The edge of a cell of the occupancy grid, in pixels.
  private let cell: Double
  private let columns: Int
  private let rows: Int
  /// The curve that has passed through each cell; -1 for none.
  private var owner: [Int]
  /// Below this length of vector a curve ends.
  private let threshold: Double

  init(of field: VectorField, spacing: Double) {
    self.field = field
    cell = max(spacing, 0.5)
    columns = max(1, Int((Double(field.width) / cell).rounded(.up)))
    rows = max(1, Int((Double(field.height) / cell).rounded(.up)))
    owner = [Int](repeating: -1, count: columns * rows)
    threshold = 1e-3 * field.longest
    guard threshold > 0 else { return }
    // Seeds from the strongest vectors down: what matters most gets the longest curves.
    let seeds = owner.indices.map { i in
      (x: (Double(i % columns) + 0.5) * cell, y: (Double(i / columns) + 0.5) * cell)
    }.filter { $0.x < Double(field.width) && $0.y < Double(field.height) }
      .map { (point: $0, strength: length(vector($0.x, $0.y))) }.sorted { $0.strength > $1.strength }
    for seed in seeds where seed.strength > threshold { trace(seed.point) }
  }

  private mutating func trace(_ seed: (x: Double, y: Double)) {
    guard let start = index(seed.x, seed.y), owner[start] < 0 else { return }
    let id = curves.count
    var taken = [start]
    owner[start] = id
    let forward = follow(seed, direction: 1, id: id, taken: &taken)
    let backward = follow(seed, direction: -1, id: id, taken: &taken)
    let curve = backward.reversed() + [seed] + forward
    // A stub tells nothing; its cells are free for others again.
    guard Double(curve.count - 1) * Self.step >= 1.5 * cell else {
      for i in taken { owner[i] = -1 }
      return
    }
    curves.append(curve)
  }

  private static let step = 0.2

  /// Walks along the unit vectors by the midpoint rule until the border, a zero, another curve or its own tail.
  private mutating func follow(
    _ seed: (x: Double, y: Double), direction: Double, id: Int, taken: inout [Int]
  ) -> [(x: Double, y: Double)] {
    var points: [(x: Double, y: Double)] = []
    var (x, y) = seed
    var current = index(x, y) ?? 0
    for _ in 0..<Int(8 * Double(field.width + field.height) / Self.step) {
      guard let first = unit(x, y) else { return points }
      let half = 0.5 * Self.step * direction
      guard let second = unit(x + half * first.x, y + half * first.y) else { return points }
      x += Self.step * direction * second.x
      y += Self.step * direction * second.y
      guard let next = index(x, y) else { return points }
      if next != current {
        // Neither another curve's cell nor, on closed orbits, one that this curve has left before.
        guard owner[next] < 0 else { return points }
        owner[next] = id
        taken.append(next)
        current = next
      }
      points.append((x, y))
    }
    return points
  }

  private func index(_ x: Double, _ y: Double) -> Int? {
    guard x >= 0, y >= 0, x < Double(field.width), y < Double(field.height) else { return nil }
    return min(rows - 1, Int(y / cell)) * columns + min(columns - 1, Int(x / cell))
  }

  /// The direction on the page, y downwards; nil where the field vanishes.
  private func unit(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    let v = vector(x, y)
    let size = length(v)
    return size > threshold ? (v.x / size, v.y / size) : nil
  }

  private func length(_ v: (x: Double, y: Double)) -> Double { (v.x * v.x + v.y * v.y).squareRoot() }

  /// The vector between pixel centers by bilinear interpolation, y downwards.
  private func vector(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    let px = min(max(x - 0.5, 0), Double(field.width - 1))
    let py = min(max(y - 0.5, 0), Double(field.height - 1))
    let (i, j) = (min(Int(px), max(field.width - 2, 0)), min(Int(py), max(field.height - 2, 0)))
    let (s, t) = (px - Double(i), py - Double(j))
    func mixed(_ values: [Double]) -> Double {
      let (i1, j1) = (min(i + 1, field.width - 1), min(j + 1, field.height - 1))
      let top = values[j * field.width + i] * (1 - s) + values[j * field.width + i1] * s
      let bottom = values[j1 * field.width + i] * (1 - s) + values[j1 * field.width + i1] * s
      return top * (1 - t) + bottom * t
    }
    return (mixed(field.x), -mixed(field.y))
  }
}

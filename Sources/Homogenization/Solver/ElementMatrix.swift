/// The energy of one bilinear square element as a quadratic form in its unknowns.
///
/// The unknowns are the displacements of the four corners (two each, axis 0 first) and the three strains of the whole cell:
/// the element's strain is E + B u, and the energy ½ ∫ (E + B u)ᵀ C (E + B u) over its unit area. The matrix is the sum over
/// the components of C of a constant matrix each; 2×2 Gauss points integrate the products exactly.
///
/// The corners follow each other as lower left, upper left, upper right, lower right.
struct ElementMatrix {
  /// The number of unknowns: eight displacements and three strains.
  static let size = 11

  /// The entries, row after row.
  let entries: [Double]

  /// The matrix of an element of one material.
  init(_ material: ElasticityTensor) {
    let corners: [(axis0: Double, axis1: Double)] = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    let point = (1.0 / 3).squareRoot()
    var entries = [Double](repeating: 0, count: Self.size * Self.size)
    for (s, t) in [(-point, -point), (point, -point), (point, point), (-point, point)] {
      // The rows of [B, 1]: the three strains from the eleven unknowns.
      var strains = [[Double]](repeating: [Double](repeating: 0, count: Self.size), count: 3)
      for (index, corner) in corners.enumerated() {
        let slope0 = corner.axis0 * (1 + corner.axis1 * t) / 2
        let slope1 = corner.axis1 * (1 + corner.axis0 * s) / 2
        strains[0][2 * index] = slope0
        strains[1][2 * index + 1] = slope1
        strains[2][2 * index] = slope1
        strains[2][2 * index + 1] = slope0
      }
      for axis in 0..<3 { strains[axis][8 + axis] = 1 }
      for row in 0..<Self.size {
        for column in 0..<Self.size {
          var sum = 0.0
          for i in 0..<3 {
            for j in 0..<3 { sum += strains[i][row] * material[i, j] * strains[j][column] }
          }
          // Each of the four points stands for a quarter of the area.
          entries[row * Self.size + column] += sum / 4
        }
      }
    }
    self.entries = entries
  }
}

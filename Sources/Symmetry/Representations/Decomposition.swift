/// The irreps in a matrix representation and the basis that separates them.
///
/// Group averages project on the irreps (no numerical search): with E_a = d/|G| · Σ_g ψ(g)_{a1} ρ(g), the image of E_1
/// holds the first coordinates of all copies of ψ, and E_a takes them to the other coordinates.
struct Decomposition {
  let irreps: [Irrep]
  let changeOfBasis: Matrix
  /// The elements at which the matrices were read, with the matrices.
  let samples: [(element: GroupElement, matrix: Matrix)]
  /// Whether the matrices at the samples are orthogonal.
  let isOrthogonal: Bool

  /// Decomposes the representation that `matrix` gives element by element.
  ///
  /// - Parameter maximumFrequency: the highest frequency in it, for continuous groups.
  init(
    group: Group, size: Int, maximumFrequency: Int, matrix: (GroupElement) throws(SymmetryError) -> Matrix
  ) throws(SymmetryError) {
    var samples: [(element: GroupElement, matrix: Matrix)] = []
    for element in Decomposition.quadrature(group, maximumFrequency) {
      let value = try matrix(element)
      guard value.rows == size && value.columns == size else {
        throw .notARepresentation(
          group: group, reason: "the matrix of \(element) is \(value.rows) x \(value.columns), not \(size) x \(size)")
      }
      guard value.values.allSatisfy(\.isFinite) else {
        throw .notARepresentation(group: group, reason: "the matrix of \(element) has entries that are not finite")
      }
      samples.append((element, value))
    }
    self.samples = samples
    let identity = Matrix.identity(size)
    guard try matrix(group.identity).maxAbsDifference(to: identity) <= 1e-8 else {
      throw .notARepresentation(group: group, reason: "the identity does not act as the identity matrix")
    }
    let metric = Decomposition.average(samples.map { $0.matrix.transposed * $0.matrix }, size)
    isOrthogonal = samples.allSatisfy { ($0.matrix.transposed * $0.matrix).maxAbsDifference(to: identity) <= 1e-9 }
    var toOrthogonal = identity
    var fromOrthogonal = identity
    if !isOrthogonal {
      guard let factor = metric.cholesky, let inverse = factor.transposed.inverse else {
        throw .notARepresentation(group: group, reason: "some element acts as a singular matrix")
      }
      toOrthogonal = factor.transposed
      fromOrthogonal = inverse
    }
    let matrices = isOrthogonal ? samples.map(\.matrix) : samples.map { toOrthogonal * $0.matrix * fromOrthogonal }

    var irreps: [Irrep] = []
    var columns: [[Double]] = []
    for irrep in group.irreps(maximumFrequency: group.isContinuous ? maximumFrequency : nil) {
      let overlap =
        zip(samples, matrices).reduce(0) { $0 + irrep.character($1.0.element) * $1.1.trace } / Double(samples.count)
      let multiplicity = overlap / Double(irrep.sumOfSquares)
      let count = Int(max(-1, min(multiplicity.rounded(), Double(size))))
      guard count >= 0 && abs(multiplicity - Double(count)) <= 1e-6 else {
        throw .notARepresentation(group: group, reason: "\(irrep) would occur \(multiplicity) times")
      }
      if count == 0 { continue }
      let values = samples.map { irrep.matrix($0.element) }
      let projectors = (0..<irrep.size).map { a in
        Double(irrep.size)
          * Decomposition.average(zip(values, matrices).map { $0[a, 0] * $1 }, size)
      }
      columns += Decomposition.columns(projectors, count: count)
      irreps += [Irrep](repeating: irrep, count: count)
    }
    guard columns.count == size else {
      throw .notARepresentation(
        group: group, reason: "its irreps add up to dimension \(columns.count), the matrices have \(size) rows")
    }
    let basis = Matrix(columns).transposed
    changeOfBasis = isOrthogonal ? basis : fromOrthogonal * basis
    self.irreps = irreps
    for (sample, value) in zip(samples, matrices) {
      let rebuilt = basis.multipliedByBlocks(irreps.map { $0.matrix(sample.element) }) * basis.transposed
      guard rebuilt.maxAbsDifference(to: value) <= 1e-7 else {
        throw .notARepresentation(group: group, reason: "products are not respected at \(sample.element)")
      }
    }
  }

  /// Elements over which products of two functions up to the frequency average exactly.
  private static func quadrature(_ group: Group, _ maximumFrequency: Int) -> [GroupElement] {
    if !group.isContinuous { return group.elements }
    let count = 2 * maximumFrequency + 1
    return (group.hasReflections ? [false, true] : [false]).flatMap { isReflected in
      (0..<count).map {
        group.element(angle: 2 * Double.pi * Double($0) / Double(count), reflected: isReflected)
      }
    }
  }

  private static func average(_ matrices: [Matrix], _ size: Int) -> Matrix {
    var sum = [Double](repeating: 0, count: size * size)
    for matrix in matrices {
      for i in 0..<sum.count { sum[i] += matrix.values[i] }
    }
    return (1 / Double(matrices.count)) * Matrix(rows: size, columns: size, sum)
  }

  /// The columns of `count` copies of an irrep, given its operators E_a.
  private static func columns(_ projectors: [Matrix], count: Int) -> [[Double]] {
    var result: [[Double]] = []
    var residuals = (0..<projectors[0].columns).map { projectors[0].column($0) }
    for _ in 0..<count {
      let norms = residuals.map { dot($0, $0).squareRoot() }
      let largest = norms.max() ?? 0
      guard let pivot = norms.firstIndex(where: { $0 >= largest - 1e-6 }), largest > 1e-9 else { break }
      var first = residuals[pivot]
      for column in result { subtract(column, from: &first) }
      let scale = 1 / dot(first, first).squareRoot()
      first = first.map { $0 * scale }
      let copy = [first] + projectors.dropFirst().map { $0 * first }
      result += copy
      for i in residuals.indices {
        for column in copy { subtract(column, from: &residuals[i]) }
      }
    }
    return result
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func subtract(_ column: [Double], from vector: inout [Double]) {
    let overlap = dot(column, vector)
    if overlap == 0 { return }
    for i in vector.indices { vector[i] -= overlap * column[i] }
  }
}

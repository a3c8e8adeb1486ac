import Symmetry

/// One angular solution of the kernel constraint between two irreps: `cosine · cos(|frequency| θ) + sine · sin(|frequency| θ)`.
///
/// The same pair of matrices gives a differential operator, with the harmonic polynomials Re (x + iy)^n and Im (x + iy)^n
/// in the place of the cosine and the sine.
struct AngularSolution: Hashable, Sendable {
  /// The signed angular frequency.
  let frequency: Int
  /// The phase in quarter turns: 0 or 1.
  let quarterTurns: Int
  /// For 2×2 blocks, 0 for rotations and 1 for reflections.
  let s: Int?
  /// The multiple of the rotation order in the frequency.
  let offset: Int
  let rows: Int
  let columns: Int
  /// The matrix of the cosine, row by row; entries beyond `rows * columns` are zero.
  let cosine: SIMD4<Double>
  /// The matrix of the sine.
  let sine: SIMD4<Double>

  var gamma: Double { quarterTurns == 0 ? 0 : .pi / 2 }

  /// The block for the cosine and sine of `|frequency| * angle`, row by row.
  @inline(__always)
  func block(cosine c: Double, sine s: Double) -> SIMD4<Double> { cosine * c + sine * s }

  /// A solution in closed form: the matrix of an angle, `frequency * θ + quarterTurns * π/2`.
  init(frequency: Int, quarterTurns: Int, s: Int?, offset: Int, rows: Int, columns: Int) {
    self.frequency = frequency
    self.quarterTurns = quarterTurns
    self.s = s
    self.offset = offset
    self.rows = rows
    self.columns = columns
    let sign: Double = frequency < 0 ? -1 : (frequency == 0 ? 0 : 1)
    // The angle's cosine is cosines.x · cos + sines.x · sin, its sine cosines.y · cos + sines.y · sin.
    let cosines: SIMD2<Double> = quarterTurns == 0 ? [1, 0] : [0, 1]
    let sines: SIMD2<Double> = quarterTurns == 0 ? [0, sign] : [-sign, 0]
    func matrix(_ c: Double, _ d: Double) -> SIMD4<Double> {
      switch (rows, columns) {
      case (2, 2): s == 1 ? [c, d, d, -c] : [c, -d, d, c]
      case (1, 1): [c, 0, 0, 0]
      default: [c, d, 0, 0]
      }
    }
    cosine = matrix(cosines.x, cosines.y)
    sine = matrix(sines.x, sines.y)
  }

  /// A solution given by its two matrices.
  init(frequency: Int, rows: Int, columns: Int, cosine: SIMD4<Double>, sine: SIMD4<Double>) {
    self.frequency = frequency
    quarterTurns = 0
    s = nil
    offset = 0
    self.rows = rows
    self.columns = columns
    self.cosine = cosine
    self.sine = sine
  }

  /// All solutions from `input` to `output` up to a frequency, for the action of the group on the plane.
  ///
  /// - Parameter action: the action, or nil for the group's own.
  static func solutions(
    from input: Irrep, to output: Irrep, action: Representation?, maximumFrequency: Int, maximumOffset: Int?
  ) -> [AngularSolution] {
    guard let action else {
      return solutions(from: input, to: output, maximumFrequency: maximumFrequency, maximumOffset: maximumOffset)
    }
    return InvariantHarmonics(from: input, to: output, action: action).solutions(maximumFrequency: maximumFrequency)
  }

  /// All solutions from `input` to `output` up to a frequency, in the order of the reference: phase, `s`, offset.
  static func solutions(
    from input: Irrep, to output: Irrep, maximumFrequency: Int, maximumOffset: Int?
  ) -> [AngularSolution] {
    var list: [AngularSolution] = []
    let group = input.group
    let (rows, columns) = (output.size, input.size)
    let (m, n) = (output.frequency, input.frequency)

    func add(_ quarterTurns: Int, _ s: Int?, lowest: Int, period: Int?) {
      for (frequency, offset) in frequencies(lowest, period, maximumFrequency, maximumOffset) {
        if rows == 1 && columns == 1 && (frequency < 0 || (frequency == 0 && quarterTurns != 0)) { continue }
        list.append(
          AngularSolution(
            frequency: frequency, quarterTurns: quarterTurns, s: s, offset: offset, rows: rows, columns: columns))
      }
    }

    switch group.kind {
    case .flip:
      add(input == output ? 0 : 1, nil, lowest: 0, period: 1)
    case .cyclic, .so2:
      let period = group.rotationOrder
      for quarterTurns in 0...1 {
        switch (rows, columns) {
        case (2, 2):
          add(quarterTurns, 0, lowest: m - n, period: period)
          add(quarterTurns, 1, lowest: m + n, period: period)
        case (1, 1):
          add(quarterTurns, nil, lowest: m - n, period: period)
        default:
          add(quarterTurns, nil, lowest: m + n, period: period)
        }
      }
    case .dihedral, .o2:
      let period = group.rotationOrder
      switch (rows, columns) {
      case (2, 2):
        add(0, 0, lowest: m - n, period: period)
        add(0, 1, lowest: m + n, period: period)
      case (1, 2):
        add(output.flipFrequency, nil, lowest: m + n, period: period)
      case (2, 1):
        add(input.flipFrequency, nil, lowest: m + n, period: period)
      default:
        add((input.flipFrequency + output.flipFrequency) % 2, nil, lowest: m - n, period: period)
      }
    }
    return list
  }

  /// The frequencies `lowest + offset * period` of at most `maximum`, by ascending offset; offset 0 only without a period.
  private static func frequencies(
    _ lowest: Int, _ period: Int?, _ maximum: Int, _ maximumOffset: Int?
  ) -> [(frequency: Int, offset: Int)] {
    guard let period else { return abs(lowest) <= maximum ? [(lowest, 0)] : [] }
    let bound = (maximum + abs(lowest)) / period + 1
    let reach = min(bound, maximumOffset ?? bound)
    return (-reach...reach).compactMap { offset in
      let frequency = lowest + offset * period
      return abs(frequency) <= maximum ? (frequency, offset) : nil
    }
  }
}

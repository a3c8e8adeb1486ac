import Foundation
import Symmetry

/// A solution of the constraint on differential operators between two irreps, with its place in a pair of representations.
struct PlacedDiffop: Sendable {
  let element: DiffopBasisElement
  /// The operators of the block, row by row.
  let symbols: [HomogeneousPolynomial]
  /// The first row of the output irrep.
  let row: Int
  /// The first column of the input irrep.
  let column: Int

  var rows: Int { element.outIrrep.size }
  var columns: Int { element.inIrrep.size }

  /// The elements that the orders and the filter admit: input irreps, output irreps, solutions, powers of the Laplacian.
  static func enumerate(
    from input: Representation, to output: Representation, configuration: DiffopConfiguration
  ) -> [PlacedDiffop] {
    var known: [IrrepPair: [(solution: AngularSolution, harmonics: [HomogeneousPolynomial])]] = [:]
    var placed: [PlacedDiffop] = []
    let laplacians = (0...configuration.resolvedPower).map { HomogeneousPolynomial.laplacian(power: $0) }
    let turn = configuration.angleOffset + (configuration.usesAxis(of: input.group) ? configuration.axis : 0)
    var column = 0
    for (inIndex, inIrrep) in input.irreps.enumerated() {
      var row = 0
      for (outIndex, outIrrep) in output.irreps.enumerated() {
        let pair = IrrepPair(input: inIrrep, output: outIrrep)
        let solutions =
          known[pair]
          ?? AngularSolution.solutions(
            from: inIrrep, to: outIrrep, action: configuration.action, maximumFrequency: configuration.maximumOrder,
            maximumOffset: configuration.maximumOffset
          ).map { ($0, harmonics($0, turn: turn)) }
        known[pair] = solutions
        for (index, (solution, harmonics)) in solutions.enumerated() {
          for (power, laplacian) in laplacians.enumerated() {
            let order = abs(solution.frequency) + 2 * power
            guard order <= configuration.maximumOrder else { break }
            let element = DiffopBasisElement(
              order: order, frequency: solution.frequency, laplacianPower: power, gamma: solution.gamma, s: solution.s,
              offset: solution.offset, inIrrep: inIrrep, outIrrep: outIrrep, inIrrepIndex: inIndex,
              outIrrepIndex: outIndex, solution: index)
            if let filter = configuration.filter, !filter.isIncluded(element) { continue }
            placed.append(
              PlacedDiffop(element: element, symbols: harmonics.map { $0 * laplacian }, row: row, column: column))
          }
        }
        row += outIrrep.size
      }
      column += inIrrep.size
    }
    return placed
  }

  /// The entries of a solution with r^n cos n(θ - turn) and r^n sin n(θ - turn) for its cosine and sine.
  private static func harmonics(_ solution: AngularSolution, turn: Double) -> [HomogeneousPolynomial] {
    let n = abs(solution.frequency)
    let (real, imaginary) = (HomogeneousPolynomial.cosine(n), HomogeneousPolynomial.sine(n))
    let (c, s) = snapped(Double(n) * turn)
    let cosine = c * real + s * imaginary
    let sine = c * imaginary + (-s) * real
    // Single entries of a quarter phase are +sin here, -sin in kernels: the signs of the reference.
    let sign: Double = solution.rows * solution.columns == 1 && solution.quarterTurns == 1 ? -1 : 1
    return (0..<solution.rows * solution.columns).map { entry in
      (sign * solution.cosine[entry]) * cosine + (sign * solution.sine[entry]) * sine
    }
  }

  /// Cosine and sine, with those of multiples of a quarter turn exact, so that no traces of other derivatives remain.
  private static func snapped(_ angle: Double) -> (Double, Double) {
    let quarters = angle / (.pi / 2)
    guard abs(quarters - quarters.rounded()) < 1e-12 * max(1, abs(quarters)) else { return (cos(angle), sin(angle)) }
    let values: [(Double, Double)] = [(1, 0), (0, 1), (-1, 0), (0, -1)]
    return values[((Int(quarters.rounded()) % 4) + 4) % 4]
  }
}

import Symmetry

/// An angular solution on a ring, with its place inside a pair of representations.
struct PlacedSolution: Sendable {
  let element: KernelBasisElement
  let solution: AngularSolution
  /// The position of the solution among those of its pair of irreps.
  let index: Int
  /// The first row of the output irrep.
  let row: Int
  /// The first column of the input irrep.
  let column: Int

  /// The elements that the band limit and the filter admit; rings outermost, then input irreps, output irreps, solutions.
  static func enumerate(
    from input: Representation, to output: Representation, configuration: KernelConfiguration
  ) -> [PlacedSolution] {
    let maximumFrequency = configuration.maximumFrequency
    let (rings, widths) = (configuration.resolvedRings, configuration.resolvedSigma)
    let limits = configuration.frequencyLimits
    let (inIrreps, outIrreps) = (input.irreps, output.irreps)

    var known: [IrrepPair: [AngularSolution]] = [:]
    var angular: [[AngularSolution]] = []
    angular.reserveCapacity(inIrreps.count * outIrreps.count)
    for inIrrep in inIrreps {
      for outIrrep in outIrreps {
        let pair = IrrepPair(input: inIrrep, output: outIrrep)
        if let solutions = known[pair] {
          angular.append(solutions)
          continue
        }
        let solutions = AngularSolution.solutions(
          from: inIrrep, to: outIrrep, action: configuration.action, maximumFrequency: maximumFrequency,
          maximumOffset: configuration.maximumOffset)
        known[pair] = solutions
        angular.append(solutions)
      }
    }

    var placed: [PlacedSolution] = []
    for ring in rings.indices {
      var column = 0
      for (inIndex, inIrrep) in inIrreps.enumerated() {
        var row = 0
        for (outIndex, outIrrep) in outIrreps.enumerated() {
          for (index, solution) in angular[inIndex * outIrreps.count + outIndex].enumerated()
          where Double(abs(solution.frequency)) <= limits[ring] {
            let element = KernelBasisElement(
              radius: rings[ring], sigma: widths[ring], ring: ring, frequency: solution.frequency,
              gamma: solution.gamma, s: solution.s, offset: solution.offset, inIrrep: inIrrep, outIrrep: outIrrep,
              inIrrepIndex: inIndex, outIrrepIndex: outIndex, solution: index)
            if let filter = configuration.filter, !filter.isIncluded(element) { continue }
            placed.append(
              PlacedSolution(element: element, solution: solution, index: index, row: row, column: column))
          }
          row += outIrrep.size
        }
        column += inIrrep.size
      }
    }
    return placed
  }
}

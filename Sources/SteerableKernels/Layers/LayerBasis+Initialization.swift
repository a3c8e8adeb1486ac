import Foundation
import Symmetry

extension LayerBasis {
  /// The standard deviation of every weight for which each output irrep gets unit variance from unit-variance inputs.
  ///
  /// For an output irrep fed by `P` kinds of input irreps, a weight from a kind with `C` kernels into it gets
  /// `1 / sqrt(P * C)`.
  ///
  /// **Shapes**: `weightCount` numbers, in the order of the weights.
  ///
  /// **Complexity**: one pass over the elements of each pair's basis, then one copy per pair of fields.
  ///
  /// **Reference**: Weiler, Hamprecht and Storath, Learning Steerable Filters for Rotation Equivariant CNNs (2018), section 4.2.
  ///
  /// **escnn**: `generalized_he_init`.
  public func heStandardDeviations() -> [Double] {
    var deviations: [Double] = []
    deviations.reserveCapacity(weightCount)
    for (pair, block) in zip(pairs, heElementDeviations()) {
      for _ in 0..<pair.outFields.count * pair.inFields.count { deviations += block }
    }
    return deviations
  }

  /// For each pair the standard deviations of the weights of its elements, which all its fields share.
  package func heElementDeviations() -> [[Double]] {
    // By output field, the first of those that share a representation, and position of the irrep in it.
    var counts: [[[String: Int]]] = Array(repeating: [], count: outputs.count)
    for pair in pairs {
      let field = pair.outFields[0]
      if counts[field].isEmpty { counts[field] = Array(repeating: [:], count: pair.output.irreps.count) }
      for element in pair.basis.elements {
        counts[field][element.outIrrepIndex][element.inIrrep.name, default: 0] += pair.inFields.count
      }
    }
    return pairs.map { pair in
      pair.basis.elements.map { element in
        let kinds = counts[pair.outFields[0]][element.outIrrepIndex]
        return 1 / Double(kinds.count * kinds[element.inIrrep.name, default: 1]).squareRoot()
      }
    }
  }

  /// The weights at the center (radius 0 or order 0) of every irrep that the input and the output share, by order of occurrence in the input.
  ///
  /// **Throws**: `KernelError.unequalCenters` when a filter left some copies of an irrep with fewer kernels than others.
  public func centralBlocks() throws(KernelError) -> [CentralKernelBlock] {
    let (inCopies, inCounts, order) = Self.copies(inputs)
    let (outCopies, outCounts, _) = Self.copies(outputs)

    // The elements at radius 0 between equal irreps, by pair of fields' representations and positions of the irreps.
    var indices: [Irrep: [Int]] = [:]
    var perPair: [Irrep: Int] = [:]
    for pair in pairs {
      var centers: [SIMD2<Int>: [Int]] = [:]
      for (b, element) in pair.basis.elements.enumerated()
      where element.isCentral && element.inIrrep == element.outIrrep {
        centers[SIMD2(element.inIrrepIndex, element.outIrrepIndex), default: []].append(b)
      }
      for (position, elements) in centers {
        let irrep = pair.input.irreps[position.x]
        let count = perPair[irrep] ?? elements.count
        guard count == elements.count else { throw .unequalCenters(irrep: irrep.name) }
        let (copiesIn, copiesOut) = (inCounts[irrep, default: 0], outCounts[irrep, default: 0])
        perPair[irrep] = count
        var list = indices[irrep] ?? Array(repeating: -1, count: copiesIn * copiesOut * count)
        indices[irrep] = nil
        for (o, outField) in pair.outFields.enumerated() {
          for (i, inField) in pair.inFields.enumerated() {
            let first = pair.weightOffset + (o * pair.inFields.count + i) * pair.basis.dimension
            let row = outCopies[outField][position.y] * copiesIn + inCopies[inField][position.x]
            for (p, b) in elements.enumerated() { list[row * count + p] = first + b }
          }
        }
        indices[irrep] = list
      }
    }

    var blocks: [CentralKernelBlock] = []
    for irrep in order {
      guard let list = indices[irrep], let count = perPair[irrep] else { continue }
      guard !list.contains(-1) else { throw .unequalCenters(irrep: irrep.name) }
      blocks.append(
        CentralKernelBlock(
          irrep: irrep, inputCopies: inCounts[irrep, default: 0], outputCopies: outCounts[irrep, default: 0],
          elementsPerPair: count, weightIndices: list))
    }
    return blocks
  }

  /// Weights that make the layer an orthogonal map on each irrep, at the center of the kernel only.
  ///
  /// **Shapes**: `weightCount` numbers, in the order of the weights.
  ///
  /// **Throws**: as `centralBlocks()`.
  ///
  /// **Complexity**: cubic in the number of copies of an irrep.
  ///
  /// **Reference**: Xiao et al., Dynamical Isometry and a Mean Field Theory of CNNs (2018).
  ///
  /// **escnn**: `deltaorthonormal_init`; a single copy gets either sign here.
  public func deltaOrthogonalWeights(using rng: inout some RandomNumberGenerator) throws(KernelError) -> [Double] {
    var weights = [Double](repeating: 0, count: weightCount)
    for block in try centralBlocks() {
      let (rows, columns, count) = (block.outputCopies, block.inputCopies, block.elementsPerPair)
      let map = Self.orthogonal(rows: rows, columns: columns, using: &rng)
      for row in 0..<rows {
        let mixture = Self.unitVector(count, using: &rng)
        for column in 0..<columns {
          for p in 0..<count {
            let position = row * columns + column
            weights[block.weightIndices[position * count + p]] = mixture[p] * map[position]
          }
        }
      }
    }
    return weights
  }

  /// For each field and position of an irrep in it, the number of earlier copies; the totals; the irreps as they occur.
  private static func copies(_ fields: [Representation]) -> (positions: [[Int]], counts: [Irrep: Int], order: [Irrep]) {
    var counts: [Irrep: Int] = [:]
    var order: [Irrep] = []
    let positions = fields.map { field in
      field.irreps.map { irrep in
        let count = counts[irrep, default: 0]
        if count == 0 { order.append(irrep) }
        counts[irrep] = count + 1
        return count
      }
    }
    return (positions, counts, order)
  }

  /// A random matrix, row-major, with orthonormal rows or columns, whichever are fewer.
  private static func orthogonal(rows: Int, columns: Int, using rng: inout some RandomNumberGenerator) -> [Double] {
    let (count, length) = (min(rows, columns), max(rows, columns))
    var vectors: [[Double]] = []
    while vectors.count < count {
      var vector = unitVector(length, using: &rng)
      for _ in 0..<2 {
        for other in vectors {
          var product = 0.0
          for index in 0..<length { product += vector[index] * other[index] }
          for index in 0..<length { vector[index] -= product * other[index] }
        }
      }
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if norm < 1e-8 { continue }
      vectors.append(vector.map { $0 / norm })
    }
    var matrix = [Double](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        matrix[row * columns + column] = rows >= columns ? vectors[column][row] : vectors[row][column]
      }
    }
    return matrix
  }

  /// A random direction.
  private static func unitVector(_ count: Int, using rng: inout some RandomNumberGenerator) -> [Double] {
    while true {
      let vector = (0..<count).map { _ in gaussian(using: &rng) }
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if norm > 1e-8 { return vector.map { $0 / norm } }
    }
  }

  private static func gaussian(using rng: inout some RandomNumberGenerator) -> Double {
    let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &rng))).squareRoot()
    return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &rng))
  }
}

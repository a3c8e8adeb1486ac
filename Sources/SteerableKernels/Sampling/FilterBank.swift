/// Few scalar functions on the pixels of a kernel, in whose span all kernels of a basis lie.
///
/// A band-limited basis has far fewer functions than pixels: one for the center, and one cosine and one sine for each
/// frequency on each ring. A convolution with its kernels is therefore this bank, applied to each channel, and a matrix
/// product. The functions are orthonormal, and each is even or odd under the exchange of rows and under that of columns,
/// so that a convolution can add or subtract the pixels that are exchanged before it multiplies.
///
/// **Shapes**: pixels row by row; functions ordered by parity in rows and columns: both even, columns odd, rows odd, both
/// odd.
public struct FilterBank: Hashable, Sendable {
  /// The edge of the kernel in pixels.
  public let kernelSize: Int

  /// Of each parity, the functions in folded coordinates, one after the other.
  private var folded: [[Double]] = [[], [], [], []]

  /// What is less than this part of the largest kernel is rounding noise.
  private static let tolerance = 1e-11

  /// The smallest bank with the span of `kernels` and their mirror images.
  ///
  /// - Parameters:
  ///   - kernelSize: The edge of the kernel in pixels.
  ///   - kernels: Row-major `[any, kernelSize²]`.
  ///
  /// **Complexity**: one multiplication per value of `kernels` and function of the bank.
  public init(kernelSize: Int, spanning kernels: [Double]) {
    self.kernelSize = kernelSize
    insert(kernels)
  }

  /// The bank of several: the smallest whose span has all of theirs.
  public init(kernelSize: Int, joining banks: [FilterBank]) {
    self.kernelSize = kernelSize
    insert(banks.flatMap(\.functions))
  }

  /// The number of functions of each parity.
  public var counts: [Int] { (0..<4).map { taps($0) == 0 ? 0 : folded[$0].count / taps($0) } }

  /// The number of functions.
  public var count: Int { counts.reduce(0, +) }

  /// The number of multiplications for one pixel and channel, after the exchanged pixels have been added.
  public var multiplications: Int { folded.reduce(0) { $0 + $1.count } }

  /// The functions, row-major `[count, kernelSize²]`.
  public var functions: [Double] {
    let points = kernelSize * kernelSize
    var functions = [Double](repeating: 0, count: count * points)
    var base = 0
    for parity in 0..<4 {
      let coordinates = coordinates(of: parity)
      for first in stride(from: 0, to: folded[parity].count, by: max(coordinates.count, 1)) {
        for (index, coordinate) in coordinates.enumerated() {
          for corner in 0..<4 {
            functions[base + coordinate.pixels[corner]] += coordinate.factors[corner] * folded[parity][first + index]
          }
        }
        base += points
      }
    }
    return functions
  }

  /// The functions on the upper left quadrant of the kernel, row-major by function; its middle row and column belong to the
  /// functions that are even under their exchange only.
  public var quadrants: [Double] {
    (0..<4).flatMap { parity -> [Double] in
      // A coordinate is the sum of its pixels' values by the root of their number.
      let scales = coordinates(of: parity).map { 1 / Double($0.different).squareRoot() }
      return folded[parity].enumerated().map { $1 * scales[$0 % scales.count] }
    }
  }
}

extension FilterBank {
  /// One coordinate of the orthogonal transform that splits kernels by parity: four pixels, of which some may coincide.
  private struct Coordinate {
    let pixels: SIMD4<Int>
    let factors: SIMD4<Double>
    /// The number of different pixels.
    let different: Int
  }

  private var evenTaps: Int { (kernelSize + 1) / 2 }
  private var oddTaps: Int { kernelSize / 2 }
  private func height(_ parity: Int) -> Int { parity / 2 == 0 ? evenTaps : oddTaps }
  private func width(_ parity: Int) -> Int { parity % 2 == 0 ? evenTaps : oddTaps }
  private func taps(_ parity: Int) -> Int { height(parity) * width(parity) }

  private func coordinates(of parity: Int) -> [Coordinate] {
    let last = kernelSize - 1
    let (rowSign, columnSign) = (parity / 2 == 0 ? 1.0 : -1.0, parity % 2 == 0 ? 1.0 : -1.0)
    return (0..<height(parity)).flatMap { row in
      (0..<width(parity)).map { column in
        let pixels = SIMD4(
          row * kernelSize + column, row * kernelSize + last - column, (last - row) * kernelSize + column,
          (last - row) * kernelSize + last - column)
        let different = (2 * row == last ? 1 : 2) * (2 * column == last ? 1 : 2)
        let scale = Double(different).squareRoot() / 4
        return Coordinate(
          pixels: pixels, factors: scale * SIMD4(1, columnSign, rowSign, rowSign * columnSign),
          different: different)
      }
    }
  }

  /// Adds what the bank lacks, by Gram and Schmidt; kernels that are far from the span first, which keeps it well-conditioned.
  private mutating func insert(_ kernels: [Double]) {
    let points = kernelSize * kernelSize
    var largest = 0.0
    for first in stride(from: 0, to: kernels.count, by: points) {
      var square = 0.0
      for index in first..<first + points { square += kernels[index] * kernels[index] }
      largest = max(largest, square)
    }
    let norm = largest.squareRoot()
    for parity in 0..<4 where taps(parity) > 0 {
      let coordinates = coordinates(of: parity)
      let taps = coordinates.count
      var basis: [Double] = []
      var vector = [Double](repeating: 0, count: taps)
      for threshold in [1e-3 * norm, Self.tolerance * norm] {
        for first in stride(from: 0, to: kernels.count, by: points) where basis.count < taps * taps {
          kernels.withUnsafeBufferPointer { kernels in
            for (index, coordinate) in coordinates.enumerated() {
              let (pixels, factors) = (coordinate.pixels, coordinate.factors)
              vector[index] =
                factors[0] * kernels[first + pixels[0]] + factors[1] * kernels[first + pixels[1]]
                + factors[2] * kernels[first + pixels[2]] + factors[3] * kernels[first + pixels[3]]
            }
          }
          var length = Self.reduce(&vector, by: basis)
          guard length > threshold else { continue }
          for index in 0..<taps { vector[index] /= length }
          length = Self.reduce(&vector, by: basis)
          basis += vector.map { $0 / length }
        }
      }
      folded[parity] = basis
    }
  }

  /// Subtracts the projection on orthonormal vectors; the length of what remains.
  private static func reduce(_ vector: inout [Double], by basis: [Double]) -> Double {
    vector.withUnsafeMutableBufferPointer { vector in
      basis.withUnsafeBufferPointer { basis in
        for first in stride(from: 0, to: basis.count, by: vector.count) {
          var product = 0.0
          for index in 0..<vector.count { product += basis[first + index] * vector[index] }
          for index in 0..<vector.count { vector[index] -= product * basis[first + index] }
        }
      }
      var square = 0.0
      for value in vector { square += value * value }
      return square.squareRoot()
    }
  }
}

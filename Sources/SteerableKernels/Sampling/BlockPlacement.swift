import Symmetry

/// Multiplies blocks between irreps by the changes of basis of two representations.
struct BlockPlacement {
  let outSize: Int
  let inSize: Int
  let points: Int
  /// Row-major, the change of basis of the output.
  let left: [Double]
  /// Row-major, the inverse change of basis of the input.
  let right: [Double]
  /// Whether both changes of basis are orthogonal, so that they keep norms.
  let isOrthogonal: Bool
  private var buffer: [Double]

  init(from input: Representation, to output: Representation, points: Int) {
    (outSize, inSize, self.points) = (output.size, input.size, points)
    left = output.changeOfBasis.values
    right = input.changeOfBasisInverse.values
    isOrthogonal = Self.isOrthogonal(output) && Self.isOrthogonal(input)
    buffer = [Double](repeating: 0, count: 2 * input.size * points)
  }

  private static func isOrthogonal(_ representation: Representation) -> Bool {
    representation.changeOfBasis.transposed.maxAbsDifference(to: representation.changeOfBasisInverse) < 1e-12
  }

  /// Writes `scale * Q_out * block * Q_in^-1` to `destination`, which holds zeros; the block is [row][column][point].
  mutating func place(
    _ block: UnsafePointer<Double>, rows: Int, columns: Int, row: Int, column: Int, scale: Double,
    into destination: UnsafeMutablePointer<Double>
  ) {
    let (outSize, inSize, points) = (outSize, inSize, points)
    let width = inSize * points
    buffer.withUnsafeMutableBufferPointer { buffer in
      right.withUnsafeBufferPointer { right in
        left.withUnsafeBufferPointer { left in
          for index in 0..<rows * width { buffer[index] = 0 }
          for a in 0..<rows {
            for b in 0..<columns {
              let source = block + (a * columns + b) * points
              for i in 0..<inSize {
                let factor = right[(column + b) * inSize + i] * scale
                if factor == 0 { continue }
                Self.add(factor, source, to: buffer.baseAddress.unsafelyUnwrapped + a * width + i * points, points)
              }
            }
            for o in 0..<outSize {
              let factor = left[o * outSize + row + a]
              if factor == 0 { continue }
              Self.add(factor, buffer.baseAddress.unsafelyUnwrapped + a * width, to: destination + o * width, width)
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func add(
    _ factor: Double, _ source: UnsafePointer<Double>, to destination: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    for index in 0..<count { destination[index] += factor * source[index] }
  }
}

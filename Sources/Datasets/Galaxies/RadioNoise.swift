import Foundation

/// Noise of a radio map: partly independent from pixel to pixel, partly smoothed by the beam, of unit variance.
struct RadioNoise {
  private let side: Int
  private let radius: Int
  private let kernel: [Float]
  private let whiteScale: Double

  /// Prepares the beam's kernel; `covariance` is in pixels.
  init(side: Int, beam covariance: GaussianCanvas.Covariance, correlatedShare: Double) {
    self.side = side
    radius = Int((2.5 * max(covariance.xx, covariance.yy).squareRoot()).rounded(.up))
    let width = 2 * radius + 1
    var canvas = GaussianCanvas(side: width)
    canvas.add(flux: 1, x: 0, y: 0, covariance)
    // Unit variance after smoothing: the squares of the weights add up to the share.
    let power = canvas.values.reduce(0) { $0 + $1 * $1 }
    kernel = canvas.values.map { Float($0 * (correlatedShare / power).squareRoot()) }
    whiteScale = (1 - correlatedShare).squareRoot()
  }

  /// Returns one field of noise.
  func draw(_ rng: inout SeededGenerator) -> [Float] {
    let padded = side + 2 * radius
    var source = [Float](repeating: 0, count: padded * padded + 1)
    for index in stride(from: 0, to: padded * padded, by: 2) {
      let (first, second) = rng.normalPair()
      source[index] = Float(first)
      source[index + 1] = Float(second)
    }
    var field = [Float](repeating: 0, count: side * side)
    let width = 2 * radius + 1
    field.withUnsafeMutableBufferPointer { field in
      source.withUnsafeBufferPointer { source in
        kernel.withUnsafeBufferPointer { kernel in
          for row in 0..<side {
            let line = field.baseAddress! + row * side
            for kernelRow in 0..<width {
              for kernelColumn in 0..<width {
                let weight = kernel[kernelRow * width + kernelColumn]
                let input = source.baseAddress! + (row + kernelRow) * padded + kernelColumn
                for column in 0..<side { line[column] += weight * input[column] }
              }
            }
          }
        }
      }
      for index in stride(from: 0, to: side * side, by: 2) {
        let (first, second) = rng.normalPair()
        field[index] += Float(whiteScale * first)
        if index + 1 < side * side { field[index + 1] += Float(whiteScale * second) }
      }
    }
    return field
  }
}

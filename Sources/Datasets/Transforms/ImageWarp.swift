import Foundation

/// Resamples images under a linear map about their center and a shift, once.
///
/// Output pixel p, with the origin at the center of the image, x to the right and y up, takes the input at `matrix · p - shift`.
/// Beyond the image lies the background.
struct ImageWarp {
  /// The map from output to input positions, in x and y.
  struct Matrix {
    var xx: Double
    var xy: Double
    var yx: Double
    var yy: Double
  }

  private let shape: ImageShape
  private let matrix: Matrix
  private let shift: (x: Double, y: Double)
  private let interpolation: ImageInterpolation
  private let background: Float

  init(
    _ matrix: Matrix, shift: (x: Double, y: Double) = (0, 0), shape: ImageShape, interpolation: ImageInterpolation,
    background: Float = 0
  ) {
    self.shape = shape
    self.matrix = matrix
    self.shift = shift
    self.interpolation = interpolation
    self.background = background
  }

  /// Resamples all channels of one image.
  func apply(_ input: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>) {
    let area = shape.height * shape.width
    for channel in 0..<shape.channels {
      let source = input.baseAddress! + channel * area
      let target = output.baseAddress! + channel * area
      switch interpolation {
      case .bilinear: resample(source, into: target, with: bilinear)
      case .bicubic: resample(source, into: target, with: bicubic)
      }
    }
  }

  @inline(__always)
  private func resample(
    _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>,
    with value: (UnsafePointer<Float>, Double, Double) -> Float
  ) {
    let (height, width) = (shape.height, shape.width)
    let (centerX, centerY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    for row in 0..<height {
      let y = centerY - Double(row)
      // The source moves by (xx, -yx) in (column, row) from one output column to the next.
      let startX = centerX + matrix.xy * y - matrix.xx * centerX - shift.x
      let startY = centerY - matrix.yy * y + matrix.yx * centerX + shift.y
      for column in 0..<width {
        output[row * width + column] = value(
          input, startX + matrix.xx * Double(column), startY - matrix.yx * Double(column))
      }
    }
  }

  private func pixel(_ input: UnsafePointer<Float>, _ row: Int, _ column: Int) -> Float {
    row >= 0 && row < shape.height && column >= 0 && column < shape.width
      ? input[row * shape.width + column] : background
  }

  private func bilinear(_ input: UnsafePointer<Float>, _ x: Double, _ y: Double) -> Float {
    let (floorX, floorY) = (x.rounded(.down), y.rounded(.down))
    let (fractionX, fractionY) = (Float(x - floorX), Float(y - floorY))
    let (left, top, width) = (Int(floorX), Int(floorY), shape.width)
    if left >= 0, top >= 0, left + 1 < width, top + 1 < shape.height {
      let corner = input + (top * width + left)
      let upper = corner[0] + fractionX * (corner[1] - corner[0])
      let lower = corner[width] + fractionX * (corner[width + 1] - corner[width])
      return upper + fractionY * (lower - upper)
    }
    let upper = pixel(input, top, left) * (1 - fractionX) + pixel(input, top, left + 1) * fractionX
    let lower = pixel(input, top + 1, left) * (1 - fractionX) + pixel(input, top + 1, left + 1) * fractionX
    return upper * (1 - fractionY) + lower * fractionY
  }

  private func bicubic(_ input: UnsafePointer<Float>, _ x: Double, _ y: Double) -> Float {
    let (floorX, floorY) = (x.rounded(.down), y.rounded(.down))
    let (left, top) = (Int(floorX) - 1, Int(floorY) - 1)
    if left + 3 < 0 || top + 3 < 0 || left >= shape.width || top >= shape.height { return background }
    let columns = Self.cubicWeights(Float(x - floorX))
    let rows = Self.cubicWeights(Float(y - floorY))
    let isInside = left >= 0 && top >= 0 && left + 3 < shape.width && top + 3 < shape.height
    var sum: Float = 0
    for row in 0..<4 {
      let values: SIMD4<Float>
      if isInside {
        let start = input + ((top + row) * shape.width + left)
        values = SIMD4(start[0], start[1], start[2], start[3])
      } else {
        values = SIMD4(
          pixel(input, top + row, left), pixel(input, top + row, left + 1), pixel(input, top + row, left + 2),
          pixel(input, top + row, left + 3))
      }
      sum += rows[row] * (values * columns).sum()
    }
    return sum
  }

  /// The weights of the four neighbors in cubic convolution (Keys 1981, a = -1/2), which is exact for parabolas.
  private static func cubicWeights(_ fraction: Float) -> SIMD4<Float> {
    let (one, two) = (fraction, fraction * fraction)
    let three = two * fraction
    return SIMD4(
      -0.5 * one + two - 0.5 * three, 1 - 2.5 * two + 1.5 * three, 0.5 * one + 2 * two - 1.5 * three,
      -0.5 * two + 0.5 * three)
  }
}

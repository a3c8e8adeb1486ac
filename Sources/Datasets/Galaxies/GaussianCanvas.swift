import Foundation

/// A square image onto which elliptical Gaussians are added; lengths are in pixels from the center, y upwards.
struct GaussianCanvas {
  /// A symmetric 2×2 matrix of second moments.
  struct Covariance {
    var xx, xy, yy: Double

    /// The moments of an ellipse with standard deviations along and across a direction (radians from the x axis).
    init(along: Double, across: Double, angle: Double) {
      let (cosine, sine) = (cos(angle), sin(angle))
      let (a, b) = (along * along, across * across)
      xx = a * cosine * cosine + b * sine * sine
      yy = a * sine * sine + b * cosine * cosine
      xy = (a - b) * cosine * sine
    }

    static func + (lhs: Covariance, rhs: Covariance) -> Covariance {
      var sum = lhs
      sum.xx += rhs.xx
      sum.xy += rhs.xy
      sum.yy += rhs.yy
      return sum
    }
  }

  let side: Int
  private(set) var values: [Double]

  init(side: Int) {
    self.side = side
    values = [Double](repeating: 0, count: side * side)
  }

  /// Adds a Gaussian of total flux `flux` centered at (x, y), out to 4 standard deviations.
  mutating func add(flux: Double, x: Double, y: Double, _ covariance: Covariance) {
    let determinant = covariance.xx * covariance.yy - covariance.xy * covariance.xy
    let (a, b, c) = (covariance.yy / determinant, -covariance.xy / determinant, covariance.xx / determinant)
    let amplitude = flux / (2 * .pi * determinant.squareRoot())
    let center = Double(side - 1) / 2
    let (column, row) = (center + x, center - y)
    let reachX = 4 * covariance.xx.squareRoot()
    let reachY = 4 * covariance.yy.squareRoot()
    let (firstColumn, firstRow) = (
      max(Int((column - reachX).rounded(.up)), 0), max(Int((row - reachY).rounded(.up)), 0)
    )
    let lastColumn = min(Int((column + reachX).rounded(.down)), side - 1)
    let lastRow = min(Int((row + reachY).rounded(.down)), side - 1)
    guard firstColumn <= lastColumn, firstRow <= lastRow else { return }
    // Along a row the values obey g(x + 1) = g(x) r(x), r(x + 1) = r(x) exp(-a): two exponentials for each row.
    let step = exp(-a)
    values.withUnsafeMutableBufferPointer { values in
      for line in firstRow...lastRow {
        let dy = row - Double(line)
        let dx = Double(firstColumn) - column
        var value = amplitude * exp(-0.5 * (a * dx * dx + 2 * b * dx * dy + c * dy * dy))
        var ratio = exp(-0.5 * (a * (2 * dx + 1) + 2 * b * dy))
        for index in (line * side + firstColumn)...(line * side + lastColumn) {
          values[index] += value
          value *= ratio
          ratio *= step
        }
      }
    }
  }
}

import EquivariantLayers
import Foundation
import Tensors

/// The distance between two outputs, on the whole image or on a disc in its middle.
struct Difference {
  let maximum: Double
  let mean: Double
  let relative: Double

  init(found: Tensor, expected: Tensor, interior: Double?) {
    guard found.shape == expected.shape else {
      // Not even the shapes commute with the element.
      (maximum, mean, relative) = (.greatestFiniteMagnitude, .greatestFiniteMagnitude, .greatestFiniteMagnitude)
      return
    }
    let working: DType = .float64
    var difference = (found.to(working) - expected.to(working))
    var reference = expected.to(working)
    var share = 1.0
    if let interior {
      let (mask, part) = Self.disc(expected.shape[2], expected.shape[3], interior)
      difference = difference * mask
      reference = reference * mask
      share = part
    }
    let absolute = difference.abs()
    maximum = Self.finite(absolute.max().item())
    mean = Self.finite(absolute.mean().item() / share)
    let scale = (reference * reference).sum().item().squareRoot()
    let distance = (difference * difference).sum().item().squareRoot()
    relative = Self.finite(scale > 0 ? distance / scale : distance)
  }

  /// What is not a finite number counts as the largest, so that it fails every test and can be written as JSON.
  private static func finite(_ value: Double) -> Double { value.isFinite ? value : .greatestFiniteMagnitude }

  /// One inside a disc about the center, zero outside, with the share of pixels inside.
  private static func disc(_ height: Int, _ width: Int, _ interior: Double) -> (Tensor, Double) {
    let (centerX, centerY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    let radius = max(interior * Double(min(height, width)) / 2, 0.75)
    var values: [Double] = []
    for row in 0..<height {
      for column in 0..<width {
        let (x, y) = (Double(column) - centerX, Double(row) - centerY)
        values.append((x * x + y * y).squareRoot() <= radius ? 1 : 0)
      }
    }
    let share = values.reduce(0, +) / Double(values.count)
    return (Tensor(values, shape: [1, 1, height, width], dtype: .float64), share)
  }
}

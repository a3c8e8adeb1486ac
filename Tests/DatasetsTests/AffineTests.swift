import Datasets
import Foundation
import Testing

@Suite struct AffineTests {
  private let shape = ImageShape(height: 33, width: 33)

  /// Images of f(x, y), with the origin at the center and y up.
  private func images(_ count: Int, _ f: (Double, Double) -> Double) -> [Float] {
    var image: [Float] = []
    for row in 0..<33 { for column in 0..<33 { image.append(Float(f(Double(column) - 16, 16 - Double(row)))) } }
    return (0..<count).flatMap { _ in image }
  }

  private func changed(_ images: [Float], _ step: Augmentation.Step, seed: UInt64 = 1) -> [[Float]] {
    var values = images
    let count = images.count / shape.count
    Augmentation([step]).apply(to: &values, imageShape: shape, indices: Array(0..<count), seed: seed, epoch: 0)
    return (0..<count).map { Array(values[($0 * shape.count)..<(($0 + 1) * shape.count)]) }
  }

  /// The moments 1, x, y, x², xy, y² of an image.
  private func moments(_ image: [Float]) -> [Double] {
    var sums = [Double](repeating: 0, count: 6)
    for row in 0..<33 {
      for column in 0..<33 {
        let (x, y, value) = (Double(column) - 16, 16 - Double(row), Double(image[row * 33 + column]))
        for (index, power) in [1, x, y, x * x, x * y, y * y].enumerated() { sums[index] += value * power }
      }
    }
    return sums
  }

  private func blob(_ x: Double, _ y: Double) -> Double { exp(-(x * x + y * y / 2) / 18) }

  @Test(arguments: ImageInterpolation.allCases) func theIdentityChangesNothing(interpolation: ImageInterpolation) {
    let input = images(3) { sin($0 * 0.9 + $1 * $1) }
    let output = changed(input, .affine(AffineRange(interpolation: interpolation)))
    #expect(output.flatMap { $0 } == input)
  }

  @Test func aRotationIsTheOneOfItsOwnStep() {
    let input = images(20) { sin($0 * 0.9 + $1) }
    #expect(
      changed(input, .affine(AffineRange(rotation: 180, interpolation: .bilinear)))
        == changed(input, .rotation(maximumDegrees: 180)))
  }

  @Test func cubicInterpolationIsExactForParabolas() {
    let input = images(10) { 1 + 0.2 * $0 - 0.1 * $1 + 0.01 * ($0 * $0 - $0 * $1 + 2 * $1 * $1) }
    func worst(_ interpolation: ImageInterpolation) -> Double {
      var worst = 0.0
      for image in changed(input, .affine(AffineRange(shift: 2, interpolation: interpolation))) {
        func value(_ row: Int, _ column: Int) -> Double { Double(image[row * 33 + column]) }
        // Six values of a parabola give all others.
        let center = value(16, 16)
        let (dx, dy) = ((value(16, 17) - value(16, 15)) / 2, (value(15, 16) - value(17, 16)) / 2)
        let (xx, yy) = (value(16, 17) + value(16, 15) - 2 * center, value(15, 16) + value(17, 16) - 2 * center)
        let xy = (value(15, 17) - value(17, 17) - value(15, 15) + value(17, 15)) / 4
        worst = max(worst, abs(xx - 0.02), abs(yy - 0.04), abs(xy + 0.01))
        for row in 6..<27 {
          for column in 6..<27 {
            let (x, y) = (Double(column) - 16, 16 - Double(row))
            let expected = center + dx * x + dy * y + xx * x * x / 2 + yy * y * y / 2 + xy * x * y
            worst = max(worst, abs(value(row, column) - expected))
          }
        }
      }
      return worst
    }
    // Rounding to 32 bits, magnified by the squares of the distances from the center.
    #expect(worst(.bicubic) < 2e-4)
    // A shift of a parabola by linear interpolation is a parabola too, but its height is wrong: tell the two apart there.
    let turned = { (kind: ImageInterpolation) in
      changed(input, .affine(AffineRange(rotation: 45, interpolation: kind))).map { Double($0[16 * 33 + 20]) }
    }
    #expect(zip(turned(.bicubic), turned(.bilinear)).contains { abs($0 - $1) > 1e-3 })
  }

  @Test func scalesChangeAreas() {
    let input = images(100, blob)
    let mass = moments(Array(input.prefix(shape.count)))[0]
    let logarithms = changed(input, .affine(AffineRange(scale: 0.2))).map { log(moments($0)[0] / mass) / 2 }
    #expect(logarithms.allSatisfy { abs($0) < 0.201 })
    #expect(logarithms.contains { $0 > 0.15 } && logarithms.contains { $0 < -0.15 })
  }

  @Test func slantsKeepAreasAndShiftsKeepShapes() {
    let input = images(50, blob)
    let before = moments(Array(input.prefix(shape.count)))
    var largest = 0.0
    for image in changed(input, .affine(AffineRange(shear: 0.3))) {
      let after = moments(image)
      #expect(abs(after[0] / before[0] - 1) < 1e-3)
      #expect(abs(after[1]) + abs(after[2]) < 1e-3 * before[0])
      largest = max(largest, abs(after[4]) / before[5])
    }
    #expect(largest > 0.05)
    for image in changed(input, .affine(AffineRange(shift: 3))) {
      let after = moments(image)
      let (x, y) = (after[1] / after[0], after[2] / after[0])
      #expect(abs(x) <= 3.001 && abs(y) <= 3.001 && abs(after[0] / before[0] - 1) < 1e-3)
      #expect(abs(after[3] / after[0] - x * x - before[3] / before[0]) < 0.01)
    }
  }
}

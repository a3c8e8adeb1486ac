import Datasets
import Foundation
import Tensors
import Testing

@Suite struct RotationTests {
  /// Row r, column c of the result of turning a square image counter-clockwise by quarter turns.
  private func turned(_ image: [Float], side: Int, _ turns: Int) -> [Float] {
    var result = image
    for _ in 0..<turns {
      let source = result
      for row in 0..<side {
        for column in 0..<side { result[row * side + column] = source[column * side + side - 1 - row] }
      }
    }
    return result
  }

  @Test(arguments: [4, 5, 28, 33], -4..<6) func quarterTurnsAreExact(side: Int, turns: Int) {
    let data = Fixtures.numbered(2, height: side, width: side)
    let result = data.rotated(byDegrees: 90 * Double(turns))
    for index in 0..<2 { #expect(result.image(index) == turned(data.image(index), side: side, (turns + 8) % 4)) }
  }

  @Test func knownOrientation() {
    // The right column comes to the top.
    #expect(rotated([1, 2, 3, 4], imageShape: ImageShape(height: 2, width: 2), byDegrees: 90) == [2, 4, 1, 3])
    let images = Tensor([1, 2, 3, 4] as [Float], shape: [1, 1, 2, 2])
    #expect(
      rotated(images, byDegrees: 90).scalars(as: Float.self) == images.rot90(1, in: [2, 3]).scalars(as: Float.self))
  }

  @Test func nonSquareImages() {
    let shape = ImageShape(height: 3, width: 5)
    let image = (0..<15).map { Float($0) + 1 }
    #expect(rotated(image, imageShape: shape, byDegrees: 180) == image.reversed())
    let quarter = rotated(image, imageShape: shape, byDegrees: 90)
    // The middle 3×3 block turns, what comes from above and below is empty.
    #expect(quarter[0] == 0 && quarter[4] == 0)
    #expect(quarter[5 + 2] == image[5 + 2])
    #expect(quarter[2] == image[5 + 3])
  }

  /// A smooth blob off the center moves where the rotation says.
  @Test(arguments: [30.0, 45, 137, -60]) func movesABlob(degrees: Double) {
    let side = 33
    func blob(_ x: Double, _ y: Double) -> [Float] {
      (0..<(side * side)).map { index in
        let dx = Double(index % side) - 16 - x
        let dy = 16 - Double(index / side) - y
        return Float(exp(-(dx * dx + dy * dy) / 18))
      }
    }
    let angle = degrees * .pi / 180
    let result = rotated(blob(6, 2), imageShape: ImageShape(height: side, width: side), byDegrees: degrees)
    let expected = blob(6 * cos(angle) - 2 * sin(angle), 6 * sin(angle) + 2 * cos(angle))
    let error = zip(result, expected).map { abs($0 - $1) }.max() ?? 1
    #expect(error < 0.03)
    let mirrored = blob(6 * cos(angle) + 2 * sin(angle), -6 * sin(angle) + 2 * cos(angle))
    #expect((zip(result, mirrored).map { abs($0 - $1) }.max() ?? 0) > 0.2)
  }

  @Test func interpolationOfAConstant() {
    let shape = ImageShape(height: 9, width: 9)
    let result = rotated([Float](repeating: 2, count: 81), imageShape: shape, byDegrees: 45)
    #expect(abs(result[4 * 9 + 4] - 2) < 1e-6)
    #expect(result[0] == 0)
    #expect(result.allSatisfy { $0 >= 0 && $0 <= 2.00001 })
  }
}

import Foundation

/// Rotates images about their center, counter-clockwise as they are seen with the first row on top.
///
/// Output pixel p takes the input at R(-θ)p by bilinear interpolation, with the origin at the center of the image,
/// ((W - 1) / 2, (H - 1) / 2), x to the right and y up. Beyond the image lies the background. Multiples of 180 degrees, and
/// of 90 degrees for square images, move pixels without interpolation, exactly as `rot90`.
struct ImageRotation {
  private let shape: ImageShape
  private let quarterTurns: Int?
  private let warp: ImageWarp

  init(degrees: Double, shape: ImageShape, background: Float = 0) {
    precondition(degrees.isFinite, "rotated: the angle is \(degrees); expected a finite number")
    let turns = degrees / 90
    let isExact = turns == turns.rounded() && (shape.isSquare || turns.truncatingRemainder(dividingBy: 2) == 0)
    let remainder = Int(turns.truncatingRemainder(dividingBy: 4))
    quarterTurns = isExact ? (remainder + 4) % 4 : nil
    // Exact values where a non-square image is turned by an odd quarter.
    let radians = degrees.truncatingRemainder(dividingBy: 360) * .pi / 180
    let cosine = turns == turns.rounded() ? [1, 0, -1, 0][(remainder + 4) % 4] : cos(radians)
    let sine = turns == turns.rounded() ? [0, 1, 0, -1][(remainder + 4) % 4] : sin(radians)
    self.shape = shape
    warp = ImageWarp(
      ImageWarp.Matrix(xx: cosine, xy: sine, yx: -sine, yy: cosine), shape: shape, interpolation: .bilinear,
      background: background)
  }

  /// Rotates all channels of one image.
  func apply(_ input: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>) {
    guard let quarterTurns else { return warp.apply(input, into: output) }
    let area = shape.height * shape.width
    for channel in 0..<shape.channels {
      turn(input.baseAddress! + channel * area, into: output.baseAddress! + channel * area, quarterTurns)
    }
  }

  private func turn(_ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ turns: Int) {
    let (height, width) = (shape.height, shape.width)
    for row in 0..<height {
      for column in 0..<width {
        let source =
          switch turns {
          case 0: row * width + column
          case 1: column * width + (width - 1 - row)
          case 2: (height - 1 - row) * width + (width - 1 - column)
          default: (height - 1 - column) * width + row
          }
        output[row * width + column] = input[source]
      }
    }
  }

}

/// Returns images turned counter-clockwise about their centers.
///
/// Multiples of 90 degrees are exact for square images; other angles are interpolated bilinearly, with zero outside.
///
/// **Shapes**: `images` holds any number of images of `imageShape`, one after the other.
///
/// **Traps**: if the values are no whole number of images, or the angle is not finite.
///
/// **Units**: degrees.
public func rotated(_ images: [Float], imageShape: ImageShape, byDegrees degrees: Double) -> [Float] {
  let size = imageShape.count
  precondition(
    images.count % size == 0, "rotated: \(images.count) values are no whole number of \(imageShape) images")
  let rotation = ImageRotation(degrees: degrees, shape: imageShape)
  return Parallel.floats(blocks: images.count / size, of: size) { index, output in
    images.withUnsafeBufferPointer { input in
      rotation.apply(UnsafeBufferPointer(rebasing: input[(index * size)..<((index + 1) * size)]), into: output)
    }
  }
}

extension ImageDataset {
  /// Returns the images turned counter-clockwise about their centers; see `rotated(_:imageShape:byDegrees:)`.
  ///
  /// **Units**: degrees.
  public func rotated(byDegrees degrees: Double) -> ImageDataset {
    ImageDataset(
      uncheckedName: name, images: Datasets.rotated(images, imageShape: imageShape, byDegrees: degrees), labels: labels,
      classNames: classNames, imageShape: imageShape)
  }
}

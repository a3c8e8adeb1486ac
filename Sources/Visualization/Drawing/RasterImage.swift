/// A picture as 8-bit RGB, row by row.
public struct RasterImage: Hashable, Sendable {
  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// `height * width * 3` bytes.
  public let pixels: [UInt8]

  /// Makes a picture from its pixels.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(
      pixels.count == width * height * 3,
      "RasterImage: \(pixels.count) bytes were given; \(width)x\(height) RGB needs \(width * height * 3)")
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}

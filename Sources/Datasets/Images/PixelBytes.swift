/// The values of pixels that are stored as bytes.
enum PixelBytes {
  /// 0 to 1 for each byte: a table instead of a division for each of many millions of pixels.
  static let table = (0..<256).map { Float($0) / 255 }
}

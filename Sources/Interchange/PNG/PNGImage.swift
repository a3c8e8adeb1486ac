internal import CPng
public import Foundation

/// The pixels of a PNG file with 8 bits a channel, decoded by libpng.
///
/// Palettes and fewer than 8 bits are expanded. Files with 16 bits a channel or with transparency are refused: what would
/// become of the lower bits, or of the ground behind, is not for a reader to choose.
public struct PNGImage: Hashable, Sendable {
  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// 1 for shades of gray, 3 for red, green and blue.
  public let channels: Int
  /// `height * width * channels` bytes, row by row, the channels of a pixel beside each other.
  public let pixels: [UInt8]

  /// The most pixels of a file: damaged sizes must not ask for all memory.
  private static let mostPixels = 1 << 28

  /// Reads a file, as gray or color; gray becomes color with equal channels, but color never becomes gray.
  ///
  /// **Throws**: `InterchangeError` when the file is missing, no PNG, damaged, or of a variety that is not handled.
  public static func read(_ url: URL, channels: Int) throws(InterchangeError) -> PNGImage {
    let reader = try FileReader(url)
    return try decode(reader.bytes(at: 0, upTo: reader.count), path: url.path, channels: channels)
  }

  /// Decodes the bytes of a file.
  ///
  /// **Traps**: unless `channels` is 1 or 3.
  public static func decode(
    _ bytes: [UInt8], path: String, channels: Int
  ) throws(InterchangeError) -> PNGImage {
    precondition(channels == 1 || channels == 3, "PNGImage: \(channels) channels were asked for; expected 1 or 3")
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      throw InterchangeError(.malformed, path: path, offset: 0, "this is no PNG file", expected: "a PNG signature")
    }
    // libpng's simplified interface reports errors by return values: no jump ever crosses a Swift frame.
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    var outcome: Result<[UInt8], InterchangeError> = .success([])
    bytes.withUnsafeBytes { input in
      guard png_image_begin_read_from_memory(&image, input.baseAddress!, input.count) != 0 else {
        outcome = .failure(damaged(image, path))
        return
      }
      if let problem = refusal(image, channels: channels, path: path) {
        outcome = .failure(problem)
        return
      }
      image.format = channels == 3 ? PNG_FORMAT_FLAG_COLOR : 0
      let stride = Int(image.width) * channels
      var pixels = [UInt8](repeating: 0, count: Int(image.height) * stride)
      let isRead = pixels.withUnsafeMutableBytes {
        png_image_finish_read(&image, nil, $0.baseAddress!, png_int_32(stride), nil) != 0
      }
      // A warning is about damage, too: of a checksum, or of data beyond the picture.
      outcome = isRead && image.warning_or_error == 0 ? .success(pixels) : .failure(damaged(image, path))
    }
    return PNGImage(
      width: Int(image.width), height: Int(image.height), channels: channels, pixels: try outcome.get())
  }

  private init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// What is wrong with a file whose header has been read; nil if it can be decoded.
  private static func refusal(_ image: png_image, channels: Int, path: String) -> InterchangeError? {
    let format = image.format
    if format & PNG_FORMAT_FLAG_LINEAR != 0 {
      return InterchangeError(.unsupported, path: path, "the image has 16 bits a channel", expected: "8 bits")
    }
    if format & PNG_FORMAT_FLAG_ALPHA != 0 {
      return InterchangeError(
        .unsupported, path: path, "the image is transparent", expected: "one without an alpha channel")
    }
    if channels == 1, format & PNG_FORMAT_FLAG_COLOR != 0 {
      return InterchangeError(.unsupported, path: path, "the image is colored", expected: "shades of gray")
    }
    guard Int(image.width) <= mostPixels / max(1, Int(image.height)) else {
      return InterchangeError(
        .unsupported, path: path, "the image is \(image.height)×\(image.width)",
        expected: "at most \(mostPixels) pixels")
    }
    return nil
  }

  private static func damaged(_ image: png_image, _ path: String) -> InterchangeError {
    let text = withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return InterchangeError(.malformed, path: path, "the image is damaged: libpng tells \"\(text)\"")
  }
}

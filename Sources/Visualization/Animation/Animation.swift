internal import CGif
public import Foundation

/// Frames of equal size, shown one after another in a loop.
public struct Animation: Sendable {
  /// The pictures, in order; all of one size.
  public var frames: [RasterImage]
  /// Seconds that each frame stays.
  public var frameDuration: Double

  /// Makes an animation.
  public init(frames: [RasterImage], frameDuration: Double = 0.08) {
    self.frames = frames
    self.frameDuration = frameDuration
  }

  /// The animation as a GIF file's bytes, with one palette for all frames.
  ///
  /// **Throws**: ``VisualizationError`` when there is no frame or frames differ in size.
  ///
  /// **Complexity**: linear in the number of pixels.
  public func gif() throws(VisualizationError) -> Data {
    guard let first = frames.first else { throw .cannotDraw(reason: "an animation needs at least one frame") }
    guard frames.allSatisfy({ $0.width == first.width && $0.height == first.height }) else {
      throw .cannotDraw(reason: "the frames of an animation must have equal sizes")
    }
    let quantizer = ColorQuantizer(frames: frames)
    let sink = GIFSink()
    var status: Int32 = 0
    guard let file = EGifOpen(Unmanaged.passUnretained(sink).toOpaque(), appendToSink, &status) else {
      throw .cannotDraw(reason: Self.message(status))
    }
    EGifSetGifVersion(file, true)
    // A GIF's palette has a power of two of entries.
    var size = 2
    while size < quantizer.palette.count { size *= 2 }
    var entries = [GifColorType](repeating: GifColorType(Red: 0, Green: 0, Blue: 0), count: size)
    for (i, color) in quantizer.palette.enumerated() {
      entries[i] = GifColorType(Red: color.red, Green: color.green, Blue: color.blue)
    }
    guard let map = GifMakeMapObject(Int32(size), entries) else {
      EGifCloseFile(file, &status)
      throw .cannotDraw(reason: "the palette could not be made")
    }
    defer { GifFreeMapObject(map) }
    let written = write(to: file, map: map, quantizer: quantizer, width: first.width, height: first.height)
    let failure = file.pointee.Error
    guard EGifCloseFile(file, &status) == GIF_OK, written else {
      throw .cannotDraw(reason: Self.message(written ? status : failure))
    }
    return sink.data
  }

  /// Writes a GIF file, which appears whole or not at all, and returns its bytes.
  @discardableResult
  public func write(to url: URL) throws(VisualizationError) -> Data {
    let data = try gif()
    try data.writeWhole(to: url)
    return data
  }

  private func write(
    to file: UnsafeMutablePointer<GifFileType>, map: UnsafeMutablePointer<ColorMapObject>, quantizer: ColorQuantizer,
    width: Int, height: Int
  ) -> Bool {
    guard EGifPutScreenDesc(file, Int32(width), Int32(height), 8, 0, map) == GIF_OK else { return false }
    // The NETSCAPE block makes the animation loop for ever.
    var loop: [UInt8] = [1, 0, 0]
    guard
      EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE) == GIF_OK,
      EGifPutExtensionBlock(file, 11, "NETSCAPE2.0") == GIF_OK,
      EGifPutExtensionBlock(file, 3, &loop) == GIF_OK,
      EGifPutExtensionTrailer(file) == GIF_OK
    else { return false }
    let delay = UInt16((frameDuration * 100).rounded())
    for frame in frames {
      var control: [UInt8] = [0, UInt8(delay & 0xFF), UInt8(delay >> 8), 0]
      guard
        EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, &control) == GIF_OK,
        EGifPutImageDesc(file, 0, 0, Int32(width), Int32(height), false, nil) == GIF_OK
      else { return false }
      var indices = quantizer.indices(of: frame)
      guard EGifPutLine(file, &indices, Int32(indices.count)) == GIF_OK else { return false }
    }
    return true
  }

  private static func message(_ code: Int32) -> String {
    GifErrorString(code).map { String(cString: $0) } ?? "GIF error \(code)"
  }
}

/// Collects what giflib writes.
private final class GIFSink {
  var data = Data()
}

private let appendToSink: OutputFunc = { file, bytes, count in
  guard let file, let bytes, let sink = file.pointee.UserData else { return 0 }
  Unmanaged<GIFSink>.fromOpaque(sink).takeUnretainedValue().data.append(bytes, count: Int(count))
  return count
}

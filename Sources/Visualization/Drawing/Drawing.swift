public import Foundation

/// Anything that can draw itself into a rectangle of a canvas.
public protocol Drawing {
  /// Width and height in points when it stands alone.
  var preferredSize: (width: Double, height: Double) { get }

  func draw(on canvas: Canvas, in rectangle: Rectangle)
}

extension Drawing {
  /// The drawing as a PNG file's bytes, `scale` pixels a point.
  public func png(scale: Double = 2) throws(VisualizationError) -> Data {
    try rasterCanvas(scale: scale).png()
  }

  /// The drawing as pixels, for a frame of an animation.
  public func raster(scale: Double = 1) -> RasterImage {
    rasterCanvas(scale: scale).raster()
  }

  /// The drawing as SVG text.
  public func svg() throws(VisualizationError) -> Data {
    let size = preferredSize
    let canvas = Canvas(vectorWidth: size.width, height: size.height)
    draw(on: canvas, in: canvas.bounds)
    return try canvas.finishVector()
  }

  /// The drawing as a GIF file's bytes: an animation of one frame, in at most 256 colors.
  public func gif(scale: Double = 2) throws(VisualizationError) -> Data {
    try Animation(frames: [raster(scale: scale)]).gif()
  }

  /// Writes a PNG, SVG or GIF file, by the ending of its name, whole or not at all, and returns its bytes.
  ///
  /// **Throws**: ``VisualizationError`` on another ending or when the file cannot be written.
  @discardableResult
  public func write(to url: URL) throws(VisualizationError) -> Data {
    let data: Data
    switch url.pathExtension.lowercased() {
    case "png": data = try png()
    case "svg": data = try svg()
    case "gif": data = try gif()
    default: throw .unknownFormat(path: url.path)
    }
    try data.writeWhole(to: url)
    return data
  }

  private func rasterCanvas(scale: Double) -> Canvas {
    let size = preferredSize
    let canvas = Canvas(width: size.width, height: size.height, scale: scale)
    draw(on: canvas, in: canvas.bounds)
    return canvas
  }
}

extension Data {
  /// Writes to a temporary name first, so that readers never see half a file.
  func writeWhole(to url: URL) throws(VisualizationError) {
    do {
      try write(to: url, options: .atomic)
    } catch {
      throw .cannotWrite(path: url.path, reason: error.localizedDescription)
    }
  }
}

internal import CCairo
internal import Foundation

/// A surface that pictures are drawn on, in points with the origin at the top left.
///
/// The same drawing code makes a PNG, an SVG or a frame of an animation; see ``Drawing``.
public final class Canvas {
  /// The area that is drawn on.
  public let bounds: Rectangle
  private let surface: OpaquePointer
  private let context: OpaquePointer
  private let scale: Double
  private var sink: UnsafeMutablePointer<Data>?

  /// How a label is placed on its anchor point.
  public enum Alignment: Sendable { case left, center, right }

  /// A raster canvas with a white ground; `scale` pixels a point.
  init(width: Double, height: Double, scale: Double) {
    bounds = Rectangle(x: 0, y: 0, width: width, height: height)
    self.scale = scale
    surface = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, Int32((width * scale).rounded()), Int32((height * scale).rounded()))
    context = cairo_create(surface)
    cairo_scale(context, scale, scale)
    fill(bounds, .white)
  }

  /// A vector canvas whose SVG text is collected and returned by ``finishVector()``.
  init(vectorWidth width: Double, height: Double) {
    bounds = Rectangle(x: 0, y: 0, width: width, height: height)
    scale = 1
    let data = UnsafeMutablePointer<Data>.allocate(capacity: 1)
    data.initialize(to: Data())
    sink = data
    surface = cairo_svg_surface_create_for_stream(appendToData, data, width, height)
    context = cairo_create(surface)
    fill(bounds, .white)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_finish(surface)
    cairo_surface_destroy(surface)
    if let sink {
      sink.deinitialize(count: 1)
      sink.deallocate()
    }
  }

  // MARK: Shapes

  /// Fills a rectangle.
  public func fill(_ rectangle: Rectangle, _ color: Color) {
    setColor(color)
    cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    cairo_fill(context)
  }

  /// Draws the outline of a rectangle.
  public func stroke(_ rectangle: Rectangle, _ color: Color, width: Double = 1) {
    setColor(color)
    cairo_set_line_width(context, width)
    cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    cairo_stroke(context)
  }

  /// A line through the points, in order; dashes are on-off lengths.
  public func line(_ points: [(x: Double, y: Double)], _ color: Color, width: Double = 1.5, dashes: [Double] = []) {
    guard let first = points.first else { return }
    setColor(color)
    cairo_set_line_width(context, width)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_dash(context, dashes, Int32(dashes.count), 0)
    cairo_move_to(context, first.x, first.y)
    for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
    cairo_stroke(context)
    cairo_set_dash(context, nil, 0, 0)
  }

  /// Fills a polygon.
  public func polygon(_ points: [(x: Double, y: Double)], _ color: Color) {
    guard let first = points.first else { return }
    setColor(color)
    cairo_move_to(context, first.x, first.y)
    for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
    cairo_close_path(context)
    cairo_fill(context)
  }

  /// Fills a circle.
  public func circle(x: Double, y: Double, radius: Double, _ color: Color) {
    setColor(color)
    cairo_arc(context, x, y, radius, 0, 2 * .pi)
    cairo_fill(context)
  }

  /// An arrow from its tail by (dx, dy); nothing when it has no length.
  public func arrow(x: Double, y: Double, dx: Double, dy: Double, _ color: Color, width: Double = 1.2) {
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0.3 else { return }
    let head = min(0.45 * length, 5)
    let (ux, uy) = (dx / length, dy / length)
    let (tipX, tipY) = (x + dx, y + dy)
    line([(x, y), (tipX - 0.7 * head * ux, tipY - 0.7 * head * uy)], color, width: width)
    polygon(
      [
        (tipX, tipY), (tipX - head * ux - 0.5 * head * uy, tipY - head * uy + 0.5 * head * ux),
        (tipX - head * ux + 0.5 * head * uy, tipY - head * uy - 0.5 * head * ux),
      ], color)
  }

  /// Draws only inside the rectangle while `body` runs.
  public func clipped(to rectangle: Rectangle, _ body: () -> Void) {
    cairo_save(context)
    cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
    cairo_clip(context)
    body()
    cairo_restore(context)
  }

  /// Draws only inside the disc inscribed in the rectangle while `body` runs.
  public func clipped(toDiscIn rectangle: Rectangle, _ body: () -> Void) {
    cairo_save(context)
    cairo_arc(context, rectangle.midX, rectangle.midY, min(rectangle.width, rectangle.height) / 2, 0, 2 * .pi)
    cairo_clip(context)
    body()
    cairo_restore(context)
  }

  /// Draws turned counter-clockwise by `radians` about a point while `body` runs.
  public func rotated(by radians: Double, aboutX x: Double, y: Double, _ body: () -> Void) {
    cairo_save(context)
    cairo_translate(context, x, y)
    cairo_rotate(context, -radians)
    cairo_translate(context, -x, -y)
    body()
    cairo_restore(context)
  }

  // MARK: Text

  /// One line of text whose baseline passes through (x, y).
  public func text(
    _ string: String, x: Double, y: Double, size: Double = 11, _ color: Color = .ink, align: Alignment = .left,
    bold: Bool = false
  ) {
    selectFont(size: size, bold: bold)
    let width = advance(of: string)
    let start =
      switch align {
      case .left: x
      case .center: x - width / 2
      case .right: x - width
      }
    setColor(color)
    cairo_move_to(context, start, y)
    cairo_show_text(context, string)
  }

  /// The width of one line of text in points.
  public func width(of string: String, size: Double = 11, bold: Bool = false) -> Double {
    selectFont(size: size, bold: bold)
    return advance(of: string)
  }

  private func selectFont(size: Double, bold: Bool) {
    cairo_select_font_face(
      context, "sans-serif", CAIRO_FONT_SLANT_NORMAL, bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, size)
  }

  private func advance(of string: String) -> Double {
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, string, &extents)
    return extents.x_advance
  }

  // MARK: Images

  /// A plane of values through a color map; each value is a square without smoothing.
  public func image(
    _ field: ScalarField, in rectangle: Rectangle, map: ColorMap = .viridis, range: ClosedRange<Double>? = nil
  ) {
    let range = range ?? field.range
    let span = range.upperBound > range.lowerBound ? range.upperBound - range.lowerBound : 1
    let table = (0..<256).map { map.color(at: Double($0) / 255) }
    var pixels = [UInt32](repeating: 0, count: field.width * field.height)
    for (i, value) in field.values.enumerated() {
      let t = value.isFinite ? (value - range.lowerBound) / span : 0
      let color = table[Int(min(max(t, 0), 1) * 255)]
      pixels[i] =
        UInt32(color.red * 255 + 0.5) << 16 | UInt32(color.green * 255 + 0.5) << 8 | UInt32(color.blue * 255 + 0.5)
    }
    let image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(field.width), Int32(field.height))
    defer { cairo_surface_destroy(image) }
    let stride = Int(cairo_image_surface_get_stride(image))
    guard let data = cairo_image_surface_get_data(image) else { return }
    pixels.withUnsafeBytes { bytes in
      for row in 0..<field.height {
        memcpy(data + row * stride, bytes.baseAddress! + row * field.width * 4, field.width * 4)
      }
    }
    cairo_surface_mark_dirty(image)
    cairo_save(context)
    cairo_translate(context, rectangle.x, rectangle.y)
    cairo_scale(context, rectangle.width / Double(field.width), rectangle.height / Double(field.height))
    cairo_set_source_surface(context, image, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    cairo_paint(context)
    cairo_restore(context)
  }

  // MARK: Results

  /// The PNG file's bytes of a raster canvas.
  func png() throws(VisualizationError) -> Data {
    cairo_surface_flush(surface)
    var data = Data()
    let status = withUnsafeMutablePointer(to: &data) { cairo_surface_write_to_png_stream(surface, appendToData, $0) }
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .cannotDraw(reason: String(cString: cairo_status_to_string(status)))
    }
    return data
  }

  /// The pixels of a raster canvas.
  func raster() -> RasterImage {
    cairo_surface_flush(surface)
    let width = Int(cairo_image_surface_get_width(surface))
    let height = Int(cairo_image_surface_get_height(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    var pixels = [UInt8](repeating: 255, count: width * height * 3)
    if let data = cairo_image_surface_get_data(surface) {
      for row in 0..<height {
        let source = UnsafeRawPointer(data + row * stride).assumingMemoryBound(to: UInt32.self)
        for column in 0..<width {
          let value = source[column]
          let i = (row * width + column) * 3
          pixels[i] = UInt8(truncatingIfNeeded: value >> 16)
          pixels[i + 1] = UInt8(truncatingIfNeeded: value >> 8)
          pixels[i + 2] = UInt8(truncatingIfNeeded: value)
        }
      }
    }
    return RasterImage(width: width, height: height, pixels: pixels)
  }

  /// The SVG text of a vector canvas; nothing can be drawn afterwards.
  func finishVector() throws(VisualizationError) -> Data {
    cairo_surface_finish(surface)
    let status = cairo_surface_status(surface)
    guard status == CAIRO_STATUS_SUCCESS, let sink else {
      throw .cannotDraw(reason: String(cString: cairo_status_to_string(status)))
    }
    return sink.pointee
  }

  private func setColor(_ color: Color) {
    cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
  }
}

/// Cairo's write callback: `closure` points to the `Data` that collects the bytes.
private let appendToData: cairo_write_func_t = { closure, bytes, count in
  guard let closure, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
  closure.assumingMemoryBound(to: Data.self).pointee.append(bytes, count: Int(count))
  return CAIRO_STATUS_SUCCESS
}

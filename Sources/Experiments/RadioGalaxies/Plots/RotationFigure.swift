internal import Foundation
public import Visualization

/// What a network answered about one source at every angle: the figure of each source in the rotation test.
///
/// Above, a short line for each random pass at the probability that it gave, for each angle in two columns: FR I on the
/// left, FR II on the right. Below, the image as the network saw it.
public struct RotationFigure: Drawing {
  /// The source with its samples.
  public let source: RotationTestResult.Source
  /// The angles in degrees.
  public let degrees: [Double]
  /// The names of the two classes.
  public let classNames: [String]
  /// The image at each angle.
  public let images: [ScalarField]

  /// Makes a figure.
  ///
  /// **Traps**: unless there are samples and an image for each angle.
  public init(
    _ source: RotationTestResult.Source, degrees: [Double], classNames: [String], images: [ScalarField]
  ) {
    precondition(
      source.samples.count == degrees.count && images.count == degrees.count && classNames.count == 2,
      "RotationFigure: \(source.samples.count) angles with samples, \(images.count) images and \(classNames.count) classes "
        + "for \(degrees.count) angles and 2 classes")
    self.source = source
    self.degrees = degrees
    self.classNames = classNames
    self.images = images
  }

  /// An overlap index with its relation, as in "= 0.12" or "< 0.01".
  static func text(ofOverlap value: Double) -> String {
    value < 0.01 ? "< 0.01" : String(format: "= %.2f", value)
  }

  private static let left = 52.0
  private static let plotHeight = 230.0
  private static let cell = 64.0

  /// Room for the plot and the strip of images.
  public var preferredSize: (width: Double, height: Double) {
    (Self.left + Double(degrees.count) * Self.cell + 16, 58 + Self.plotHeight + 44 + Self.cell + 8)
  }

  /// Draws title, legend, samples and images.
  public func draw(on canvas: Canvas, in rectangle: Rectangle) {
    let cell = Self.cell
    let area = Rectangle(
      x: rectangle.x + Self.left, y: rectangle.y + 54, width: cell * Double(degrees.count), height: Self.plotHeight)
    let truth = classNames[source.target]
    canvas.text(
      "⟨η⟩ \(Self.text(ofOverlap: source.meanOverlap)), true class \(truth)", x: area.midX, y: rectangle.y + 20,
      size: 13, align: .center, bold: true)
    drawLegend(on: canvas, centerX: area.midX, y: rectangle.y + 40)
    for tick in [0, 0.25, 0.5, 0.75, 1] {
      let y = area.maxY - tick * area.height
      canvas.line([(area.x, y), (area.maxX, y)], .grid, width: 0.7)
      canvas.text(String(format: "%g", tick), x: area.x - 6, y: y + 3.5, size: 10, align: .right)
    }
    canvas.rotated(by: .pi / 2, aboutX: rectangle.x + 14, y: area.midY) {
      canvas.text("softmax probability", x: rectangle.x + 14, y: area.midY, size: 11, align: .center)
    }
    for (position, angle) in degrees.enumerated() {
      let x = area.x + cell * Double(position)
      if position > 0 { canvas.line([(x, area.y), (x, area.maxY)], .grid, width: 0.7) }
      canvas.text(String(format: "%g°", angle), x: x + cell / 2, y: area.maxY + 15, size: 10, align: .center)
      for label in 0..<2 {
        let start = x + (0.1 + 0.4 * Double(label)) * cell
        for value in source.samples[position][label] {
          let y = area.maxY - value * area.height
          canvas.line([(start, y), (start + 0.4 * cell, y)], Color.series[label].withAlpha(0.1), width: 2.5)
        }
      }
    }
    canvas.stroke(area, Color(hex: 0x999999), width: 0.8)
    canvas.text("rotation of the image", x: area.midX, y: area.maxY + 34, size: 11, align: .center)
    let range = shared
    for (position, image) in images.enumerated() {
      let frame = Rectangle(
        x: area.x + cell * Double(position) + 2, y: area.maxY + 44, width: cell - 4, height: cell - 4)
      canvas.image(image, in: frame, map: .heat, range: range)
    }
  }

  private var shared: ClosedRange<Double> {
    let ranges = images.map(\.range)
    return (ranges.map(\.lowerBound).min() ?? 0)...(ranges.map(\.upperBound).max() ?? 1)
  }

  private func drawLegend(on canvas: Canvas, centerX: Double, y: Double) {
    let widths = classNames.map { canvas.width(of: $0, size: 10) + 44 }
    var x = centerX - widths.reduce(0, +) / 2
    for (label, name) in classNames.enumerated() {
      canvas.line([(x, y - 3), (x + 22, y - 3)], Color.series[label], width: 2.5)
      canvas.text(name, x: x + 27, y: y, size: 10)
      x += widths[label]
    }
  }
}

import Foundation
import Testing
import Visualization

/// Where a picture has a color, give or take rounding.
private struct Found {
  var columns: [Int: Int] = [:]
  var rows: [Int: Int] = [:]

  init(_ color: Color, in image: RasterImage, tolerance: Int = 2) {
    let wanted = [color.red, color.green, color.blue].map { Int(($0 * 255).rounded()) }
    image.pixels.withUnsafeBufferPointer { pixels in
      for i in 0..<image.width * image.height where abs(Int(pixels[3 * i]) - wanted[0]) <= tolerance {
        guard abs(Int(pixels[3 * i + 1]) - wanted[1]) <= tolerance, abs(Int(pixels[3 * i + 2]) - wanted[2]) <= tolerance
        else { continue }
        columns[i % image.width, default: 0] += 1
        rows[i / image.width, default: 0] += 1
      }
    }
  }

  var count: Int { columns.values.reduce(0, +) }
  /// The rows that hold any pixel of the color, from the top.
  var height: ClosedRange<Int> { (rows.keys.min() ?? 0)...(rows.keys.max() ?? 0) }
  var width: ClosedRange<Int> { (columns.keys.min() ?? 0)...(columns.keys.max() ?? 0) }
}

private let blue = Color.series[0]
private let orange = Color.series[1]

struct BarPlotTests {
  private func plot(_ values: [Double], _ others: [Double], errors: [Double] = [], isHorizontal: Bool = false)
    -> BarPlot
  {
    // Without names there is no legend, so that all blue and orange pixels are bars.
    BarPlot(
      "", categories: values.indices.map { "\($0)" }, valueAxis: Axis("accuracy (%)", range: 0...10),
      series: [Bars("", values, errors: errors), Bars("", others)], isHorizontal: isHorizontal)
  }

  @Test func heightsAreProportionalToValues() {
    let image = plot([2, 8], [4, .nan]).raster(scale: 2)
    let (first, second) = (Found(blue, in: image), Found(orange, in: image))
    let middle = (first.width.lowerBound + first.width.upperBound) / 2
    let short = first.columns.filter { $0.key < middle }.values.max() ?? 0
    let tall = first.columns.filter { $0.key > middle }.values.max() ?? 0
    #expect(abs(Double(tall) / Double(short) - 4) < 0.1)
    #expect(abs(Double(second.columns.values.max() ?? 0) / Double(short) - 2) < 0.1)
    // The bars of one category stand beside each other, and NaN leaves its place empty.
    #expect(second.width.lowerBound > first.width.lowerBound)
    let last = first.columns.keys.filter { $0 > middle }.min() ?? 0
    #expect(second.width.upperBound < last)
  }

  @Test func errorBarsSpanTwiceTheError() {
    let bare = Found(.ink, in: plot([5], [5]).raster(scale: 2))
    let image = plot([5], [5], errors: [2]).raster(scale: 2)
    let bars = Found(blue, in: image)
    let withErrors = Found(.ink, in: image)
    #expect(withErrors.count > bare.count)
    // Five units are the bar's height, so ±2 has 0.8 of it: below its top 0.4 of the height.
    let height = Double(bars.height.upperBound - bars.height.lowerBound)
    let center = (bars.width.lowerBound + bars.width.upperBound) / 2
    var lowest = 0
    for y in 0..<image.height {
      let i = 3 * (y * image.width + center)
      if image.pixels[i] < 80, image.pixels[i + 2] < 80 { lowest = y }
    }
    #expect(abs(Double(lowest - bars.height.lowerBound) / height - 0.4) < 0.03)
  }

  @Test func barsOnTheirSideBeginAtTheTop() {
    let image = plot([2, 8], [2, 8], isHorizontal: true).raster(scale: 2)
    let bars = Found(blue, in: image)
    let middle = (bars.height.lowerBound + bars.height.upperBound) / 2
    let first = bars.rows.filter { $0.key < middle }.values.max() ?? 0
    let last = bars.rows.filter { $0.key > middle }.values.max() ?? 0
    #expect(abs(Double(last) / Double(first) - 4) < 0.1)
    #expect(Found(orange, in: image).height.lowerBound > bars.height.lowerBound)
  }

  @Test func negativeValuesHangFromZero() {
    let plot = BarPlot("", categories: ["a", "b"], valueAxis: Axis("x", range: -4...4), series: [Bars("", [3, -3])])
    let bars = Found(blue, in: plot.raster(scale: 2))
    let columns = bars.columns.keys.sorted()
    let image = plot.raster(scale: 2)
    func rows(_ x: Int) -> [Int] {
      (0..<image.height).filter { y in
        let i = 3 * (y * image.width + x)
        return abs(Int(image.pixels[i + 2]) - 0xB2) < 3 && image.pixels[i] < 3
      }
    }
    let (up, down) = (rows(columns[10]), rows(columns[columns.count - 10]))
    #expect(abs((up.last ?? 0) - (down.first ?? 0)) <= 2)
    #expect(abs(up.count - down.count) <= 2)
  }

  @Test func longNamesAreSlantedInsideThePicture() {
    let names = (0..<6).map { "a rather long name of a network \($0)" }
    let plot = BarPlot("", categories: names, valueAxis: Axis("x"), series: [Bars("", [1, 2, 3, 4, 5, 6])])
    let ink = Found(.ink, in: plot.raster(scale: 1), tolerance: 40)
    #expect(ink.height.upperBound < Int(plot.height) - 1 && ink.width.lowerBound > 0)
  }
}

struct IntervalPlotTests {
  private let width = 480.0
  private func plot(_ first: [ClosedRange<Double>?], _ second: [ClosedRange<Double>?]) -> IntervalPlot {
    IntervalPlot(
      "", rows: first.indices.map { "layer \($0)" }, axis: .angle("rotation (radians)"),
      series: [Intervals("", first), Intervals("", second)], width: width)
  }

  @Test func theLengthOfABarIsThatOfItsInterval() {
    let full = -Double.pi...Double.pi
    let image = plot([full, nil], [nil, -Double.pi / 4...Double.pi / 4]).raster(scale: 2)
    let (whole, quarter) = (Found(blue, in: image), Found(orange, in: image))
    let ratio = Double(quarter.width.count) / Double(whole.width.count)
    #expect(abs(ratio - 0.25) < 0.01)
    // Centered on 0, in its own row below the first.
    let center = whole.width.lowerBound + whole.width.upperBound
    #expect(abs(quarter.width.lowerBound + quarter.width.upperBound - center) <= 3)
    #expect(quarter.height.lowerBound > whole.height.upperBound)
  }

  @Test func namesOfReferencesStandAboveTheData() {
    var plot = plot([-Double.pi...Double.pi], [nil])
    plot.references = [("true range", -0.5), ("true range", 0.5)]
    let image = plot.raster(scale: 2)
    // Both lines cross the bar, and no letter does: ink is found in the two dashed columns only.
    let bar = Found(blue, in: image)
    let ink = Dark()
    let columns = ink.columns(of: image, rows: bar.height)
    #expect(columns.count >= 2 && columns.count <= 8)
  }

  /// Finds the dark gray of reference lines and of text.
  private struct Dark {
    func columns(of image: RasterImage, rows: ClosedRange<Int>) -> Set<Int> {
      var found: Set<Int> = []
      for y in rows.lowerBound + 2..<rows.upperBound - 1 {
        for x in 0..<image.width {
          let i = 3 * (y * image.width + x)
          let (r, g, b) = (Int(image.pixels[i]), Int(image.pixels[i + 1]), Int(image.pixels[i + 2]))
          if abs(r - g) < 12, abs(g - b) < 12, r < 110, x > 130 { found.insert(x) }
        }
      }
      return found
    }
  }

  @Test func aPointLeavesAMark() {
    #expect(Found(blue, in: plot([0...0], [nil]).raster(scale: 2)).count > 10)
    #expect(Found(blue, in: plot([nil], [nil]).raster(scale: 2)).count == 0)
  }
}

struct HistogramPlotTests {
  private let values = [0, 0.1, 0.1, 0.6, 1, .nan, 7]

  @Test func binsHoldTheirValues() {
    let plot = HistogramPlot("", axis: Axis("x", range: 0...1), series: [("a", values)], bins: 4)
    #expect(plot.edges == [0, 0.25, 0.5, 0.75, 1])
    #expect(plot.heights == [[3, 0, 1, 1]])
  }

  @Test func sharesSumToOneAndDensitiesIntegrateToOne() {
    let axis = Axis("x", range: 0...2)
    let share = HistogramPlot("", axis: axis, series: [("a", values), ("b", [1])], bins: 8, scale: .share).heights
    #expect(share.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-12 })
    let density = HistogramPlot("", axis: axis, series: [("a", values)], bins: 8, scale: .density).heights[0]
    #expect(abs(density.reduce(0, +) * 0.25 - 1) < 1e-12)
  }

  @Test func logarithmicBinsGrowByOneRatio() {
    let plot = HistogramPlot(
      "", axis: Axis("x", isLogarithmic: true), series: [("a", [1, 10, 100, 1000, -3])], bins: 3)
    #expect(zip(plot.edges, [1, 10, 100, 1000]).allSatisfy { abs($0 / $1 - 1) < 1e-12 })
    #expect(plot.heights[0].reduce(0, +) == 4)
  }

  @Test func aConstantOrNothingIsDrawn() throws {
    for values in [[3.0, 3, 3], []] {
      let plot = HistogramPlot("", axis: Axis("x"), series: [("a", values)], bins: 5)
      #expect(plot.heights[0].reduce(0, +) == Double(values.count))
      #expect(try plot.png().count > 100)
    }
  }
}

struct ScatterPlotTests {
  @Test func pointsOfThePredictionLieOnTheIdentity() {
    // With an identity both axes have one range, although the values of x reach further.
    let plot = ScatterPlot(
      "", xAxis: Axis("target"), yAxis: Axis("prediction"),
      series: [Points("", x: [0, 10], y: [0, 10]), Points("", x: [5], y: [5])], identity: "y = x", width: 400)
    let image = plot.raster(scale: 2)
    let (ends, middle) = (Found(blue, in: image, tolerance: 30), Found(orange, in: image, tolerance: 40))
    #expect(abs(ends.width.lowerBound + ends.width.upperBound - middle.width.lowerBound - middle.width.upperBound) <= 4)
    #expect(
      abs(ends.height.lowerBound + ends.height.upperBound - middle.height.lowerBound - middle.height.upperBound) <= 6)
  }

  @Test func valuesThatCannotBeShownAreLeftOut() {
    let axis = Axis("x", range: 0.1...10, isLogarithmic: true)
    let plot = ScatterPlot("", xAxis: axis, yAxis: axis, series: [Points("", x: [-1, 0, .nan], y: [1, 1, 1])])
    #expect(Found(blue, in: plot.raster(), tolerance: 40).count == 0)
  }
}

struct VectorFieldTests {
  /// A field over `side` pixels, from functions of x to the right and y upwards, both from -1 to 1.
  private func field(_ side: Int, _ vector: (Double, Double) -> (Double, Double)) -> VectorField {
    var (x, y): ([Double], [Double]) = ([], [])
    for row in 0..<side {
      for column in 0..<side {
        let v = vector(2 * (Double(column) + 0.5) / Double(side) - 1, 1 - 2 * (Double(row) + 0.5) / Double(side))
        x.append(v.0)
        y.append(v.1)
      }
    }
    return VectorField(width: side, height: side, x: x, y: y, style: .streamlines, stride: 3, color: orange)
  }

  private func image(_ field: VectorField) -> RasterImage {
    let ground = ScalarField(
      width: field.width, height: field.height, values: [Double](repeating: 1, count: field.width * field.height))
    return ImagePanel("", ground, map: .gray, range: 0...1, arrows: field, side: 240).raster(scale: 2)
  }

  @Test func streamlinesOfAParallelFieldAreParallel() {
    let flat = Found(orange, in: image(field(24) { _, _ in (1, 0) }), tolerance: 60)
    // Horizontal lines: few rows hold nearly all pixels, and each is almost as long as the panel.
    let lines = flat.rows.values.filter { $0 > 400 }
    #expect(lines.count >= 8 && lines.count <= 24)
  }

  @Test func streamlinesOfARotationAreCircles() {
    // Of a rotation about the middle, a line that starts at a radius keeps it: the corners outside of the disc of
    // radius 1 hold arcs, and every arc is symmetric, so left and right halves hold equally many pixels.
    let found = Found(orange, in: image(field(24) { x, y in (-y, x) }), tolerance: 60)
    let middle = (found.width.lowerBound + found.width.upperBound) / 2
    let left = found.columns.filter { $0.key < middle }.values.reduce(0, +)
    let right = found.columns.filter { $0.key > middle }.values.reduce(0, +)
    #expect(found.count > 2000)
    #expect(abs(Double(left) / Double(right) - 1) < 0.15)
  }

  @Test func nothingIsDrawnOfZero() {
    #expect(Found(orange, in: image(field(12) { _, _ in (0, 0) }), tolerance: 60).count == 0)
  }
}

struct RotationStripTests {
  /// The right half is bright.
  private let half = ScalarField(width: 8, height: 8, values: (0..<64).map { $0 % 8 >= 4 ? 1 : 0 })

  @Test func onePictureIsTurnedCounterClockwise() {
    let strip = RotationStrip(of: half, angles: [0, .pi / 2, .pi], values: ["a", "b", "c"], side: 60)
    let image = strip.raster(scale: 2)
    func gray(_ picture: Int, _ dx: Double, _ dy: Double) -> UInt8 {
      let x = Int(2 * (8 + Double(picture) * 66 + 30 + dx))
      return image.pixels[3 * (Int(2 * (6 + 16 + 30 - dy)) * image.width + x)]
    }
    // Bright is on the right, then on top, then on the left.
    #expect(gray(0, 15, 0) == 255 && gray(0, -15, 0) == 0)
    #expect(gray(1, 0, 15) == 255 && gray(1, 0, -15) == 0)
    #expect(gray(2, -15, 0) == 255 && gray(2, 15, 0) == 0)
  }

  @Test func picturesShareOneRange() {
    let dim = ScalarField(width: 1, height: 1, values: [0.5])
    let bright = ScalarField(width: 1, height: 1, values: [1])
    let dark = ScalarField(width: 1, height: 1, values: [0])
    let image = RotationStrip(images: [dark, dim, bright], angles: [0, 1, 2], side: 40).raster()
    let shades = (0..<3).map { image.pixels[3 * ((6 + 16 + 20) * image.width + 8 + $0 * 46 + 20)] }
    #expect(shades[0] == 0 && abs(Int(shades[1]) - 127) <= 1 && shades[2] == 255)
  }
}

struct ColorBarTests {
  @Test func theBarRunsFromTheLowestColorToTheHighest() {
    let image = ColorBar("flux (Jy)", range: -1...1, map: .gray, height: 128).raster()
    func shade(_ y: Int) -> Int { Int(image.pixels[3 * (y * image.width + 11)]) }
    #expect(shade(124) < 8 && shade(3) > 247 && abs(shade(64) - 127) < 3)
  }

  @Test func aPanelMakesRoomForItsBar() {
    let field = ScalarField(width: 2, height: 2, values: [0, 1, 2, 3])
    let (bare, with) = (ImagePanel("a", field), ImagePanel("a", field, colorBar: "stress (GPa)"))
    #expect(with.preferredSize.width > bare.preferredSize.width + 50)
    #expect(with.preferredSize.height == bare.preferredSize.height)
    // The picture itself has its old size and place.
    let yellow = Color(hex: 0xFDE725)
    let (old, new) = (Found(yellow, in: bare.raster()).width, Found(yellow, in: with.raster()).width)
    #expect(new.lowerBound == old.lowerBound && new.clamped(to: 0...187) == old.clamped(to: 0...187))
  }
}

struct FormatTests {
  private let drawings: [any Drawing] = [
    BarPlot("bars", categories: ["a"], valueAxis: Axis("x"), series: [Bars("s", [1])]),
    IntervalPlot("intervals", rows: ["a"], axis: .angle("rotation (radians)"), series: [Intervals("s", [0...1])]),
    HistogramPlot("histogram", axis: Axis("x"), series: [("s", [1, 2])]),
    ScatterPlot("scatter", xAxis: Axis("x"), yAxis: Axis("y"), series: [Points("s", x: [1], y: [2])]),
    RotationStrip("strip", of: ScalarField(width: 1, height: 1, values: [1]), angles: [0]),
    ColorBar("bar", range: 0...1),
  ]

  @Test func everyDrawingIsWrittenInEveryFormat() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "drawings-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let starts: [String: [UInt8]] = [
      "png": [0x89, 0x50, 0x4E, 0x47], "svg": Array("<?xml".utf8), "gif": Array("GIF89a".utf8),
    ]
    for (i, drawing) in drawings.enumerated() {
      for (ending, start) in starts {
        let url = folder.appending(path: "\(i).\(ending)")
        try drawing.write(to: url)
        #expect([UInt8](try Data(contentsOf: url).prefix(start.count)) == start, "\(type(of: drawing)) as \(ending)")
      }
    }
  }
}

import Foundation
import Testing
import Visualization

/// Reads the width and height that a PNG's first chunk states.
private func pngSize(_ data: Data) -> (Int, Int) {
  let bytes = [UInt8](data)
  func number(_ i: Int) -> Int { bytes[i..<i + 4].reduce(0) { $0 << 8 | Int($1) } }
  return (number(16), number(20))
}

private let plot = LinePlot(
  "Accuracy under rotation", xAxis: Axis("rotation (degrees)", range: 0...360, ticks: [0, 90, 180, 270, 360]),
  yAxis: Axis("accuracy (%)"),
  series: [
    Series("C8 steerable", x: [0, 90, 180, 270, 360], y: [96, 96, 96, 96, 96], showsPoints: true),
    Series(
      "plain", x: [0, 90, 180, 270, 360], y: [97, 61, 88, 60, 97],
      band: ([96, 58, 86, 57, 96], [98, 64, 90, 63, 98]), dashes: [5, 3]),
  ], references: [("chance", 50)])

struct DrawingTests {
  @Test func aPNGHasTheStatedSize() throws {
    let data = try plot.png(scale: 2)
    #expect([UInt8](data.prefix(4)) == [0x89, 0x50, 0x4E, 0x47])
    #expect(pngSize(data) == (1120, 720))
  }

  @Test func anSVGIsTextWithTheCurves() throws {
    let text = String(decoding: try plot.svg(), as: UTF8.self)
    #expect(text.contains("<svg") && text.contains("</svg>"))
  }

  @Test func aPixelHasTheColorOfItsValue() {
    let field = ScalarField(width: 2, height: 1, values: [0, 1])
    let image = ImagePanel("", field, map: .gray, side: 100).raster()
    func red(_ x: Int, _ y: Int) -> UInt8 { image.pixels[(y * image.width + x) * 3] }
    let middle = image.height / 2 + 9
    #expect(red(image.width / 4, middle) == 0)
    #expect(red(3 * image.width / 4, middle) == 255)
  }

  @Test func anUnknownEndingIsRefused() {
    let url = FileManager.default.temporaryDirectory.appending(path: "plot-\(UUID()).bmp")
    #expect(throws: VisualizationError.unknownFormat(path: url.path)) { try plot.write(to: url) }
    #expect(!FileManager.default.fileExists(atPath: url.path))
  }

  @Test func anUnwritableFolderIsTold() {
    let url = URL(filePath: "/nowhere/at/all/plot.png")
    #expect { try plot.write(to: url) } throws: { "\($0)".hasPrefix("/nowhere/at/all/plot.png: cannot be written") }
  }

  @Test func colorMapsMeetTheirAnchors() {
    #expect(ColorMap.viridis.color(at: 0) == Color(hex: 0x440154))
    #expect(ColorMap.viridis.color(at: 2) == Color(hex: 0xFDE725))
    #expect(ColorMap.gray.color(at: .nan) == .black)
    #expect(abs(ColorMap.gray.color(at: 0.5).green - 0.5) < 1e-12)
  }
}

struct AnimationTests {
  private func frame(_ shade: UInt8) -> RasterImage {
    RasterImage(width: 3, height: 2, pixels: [UInt8](repeating: shade, count: 18))
  }

  @Test func aGIFHoldsEveryFrameAndLoops() throws {
    let data = try Animation(frames: [frame(0), frame(128), frame(255)], frameDuration: 0.1).gif()
    let bytes = [UInt8](data)
    #expect(String(decoding: bytes.prefix(6), as: UTF8.self) == "GIF89a")
    #expect(data.range(of: Data("NETSCAPE2.0".utf8)) != nil)
    // A graphic control block (21 F9 04, flags, delay of 10 hundredths) stands before each frame.
    var found = 0
    var rest = data[...]
    while let match = rest.range(of: Data([0x21, 0xF9, 0x04, 0x00, 10, 0])) {
      found += 1
      rest = rest[match.upperBound...]
    }
    #expect(found == 3)
    #expect(bytes.last == 0x3B)
  }

  @Test func noFrameOrUnequalFramesAreRefused() {
    #expect(throws: VisualizationError.self) { try Animation(frames: []).gif() }
    let other = RasterImage(width: 1, height: 1, pixels: [0, 0, 0])
    #expect(throws: VisualizationError.self) { try Animation(frames: [frame(0), other]).gif() }
  }
}

struct ReportTests {
  @Test func theTextIsEscapedAndThePictureEmbedded() throws {
    let report = Report(
      "a < b", summary: "s & t",
      sections: [
        .init("Numbers", [.text("1 < 2"), .table(header: ["k", "v"], rows: [["x", "<y>"]]), .code("make demo")]),
        .init("Picture", [.picture(Data([1, 2, 3]), mediaType: "image/png", caption: "c")]),
      ])
    let html = try report.html()
    #expect(html.contains("<title>a &lt; b</title>"))
    #expect(html.contains("<p>1 &lt; 2</p>"))
    #expect(html.contains("<tr><td>x</td><td>&lt;y&gt;</td></tr>"))
    #expect(html.contains("src=\"data:image/png;base64,AQID\""))
  }
}

import Datasets
import Foundation
import Interchange
import TestSupport
import Testing

/// A PNG file written by hand, so that every variety and every damage can be made.
struct HandmadePNG {
  var width = 4
  var height = 3
  /// 0 gray, 2 color, 3 palette, 4 gray with alpha, 6 color with alpha.
  var colorType: UInt8 = 2
  var bits: UInt8 = 8
  /// The bytes of each row without its filter.
  var row: (Int) -> [UInt8] = { row in (0..<12).map { UInt8(40 * row + $0) } }
  var palette: [UInt8] = []

  private func number(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) } }

  private func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return number(data.count) + body + number(Int(CRC32.checksum(body)))
  }

  /// A zlib stream of one stored block.
  private func stored(_ data: [UInt8]) -> [UInt8] {
    var (a, b) = (1, 0)
    for byte in data {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    let n = data.count
    let lengths = [UInt8(n & 0xFF), UInt8(n >> 8), UInt8(~n & 0xFF), UInt8(~n >> 8 & 0xFF)]
    return [0x78, 0x01, 1] + lengths + data + number(b << 16 | a)
  }

  var bytes: [UInt8] {
    let header = number(width) + number(height) + [bits, colorType, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
      + (palette.isEmpty ? [] : chunk("PLTE", palette)) + chunk("IDAT", stored((0..<height).flatMap { [0] + row($0) }))
      + chunk("IEND", [])
  }
}

struct ImageFolderTests {
  private let shape = ImageShape(channels: 3, height: 3, width: 4)

  private func write(_ bytes: [UInt8], _ name: String, in folder: URL) throws {
    let url = folder.appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// A picture of one color.
  private func plain(_ value: UInt8) -> [UInt8] {
    HandmadePNG(row: { _ in [UInt8](repeating: value, count: 12) }).bytes
  }

  @Test func pixelsBecomePlanesAndNamesGiveTheOrder() throws {
    try Fixtures.withFolder { folder in
      for (i, name) in ["b/2.png", "b/10.png", "a/z.PNG", "a/é.png", "a/notes.txt", "a/.hidden.png"].enumerated() {
        try write(i == 0 ? HandmadePNG().bytes : plain(UInt8(i)), name, in: folder)
      }
      let images = try ImageFolder(folder, source: "")
      #expect(images.classNames == ["a", "b"] && images.labels == [0, 0, 1, 1])
      #expect(images.files.map(\.lastPathComponent) == ["z.PNG", "é.png", "10.png", "2.png"])
      let data = try images.load(name: "test", shape: shape)
      #expect(data.labels == images.labels && data.classNames == ["a", "b"])
      #expect((0..<3).map { data.image($0)[0] * 255 } == [2, 3, 1])
      // Row 2, column 3 of each plane: the bytes of the pixel are 80 + 9, 10, 11.
      #expect([11, 23, 35].map { data.image(3)[$0] * 255 } == [89, 90, 91])
    }
  }

  @Test func aPartIsDrawnBySeed() throws {
    try Fixtures.withFolder { folder in
      for i in 0..<20 { try write(plain(UInt8(i)), "\(i % 2)/\(100 + i).png", in: folder) }
      let images = try ImageFolder(folder, source: "")
      func values(_ seed: UInt64) throws -> [Float] {
        let data = try images.load(name: "t", shape: shape, count: 7, seed: seed)
        return (0..<7).map { data.image($0)[0] * 255 }
      }
      let first = try values(1)
      #expect(try values(1) == first)
      #expect(try values(2) != first)
      #expect(Set(first).count == 7)
      #expect(try images.load(name: "t", shape: shape, count: 20).classCounts == [10, 10])
    }
  }

  /// Palettes, gray and few bits are the same colors as in other programs.
  @Test func varietiesAreExpanded() throws {
    let gray = HandmadePNG(colorType: 0, row: { row in [10, 20, 30, UInt8(row)] }).bytes
    let color = try PNGImage.decode(gray, path: "g.png", channels: 3)
    #expect(color.pixels.prefix(6) == [10, 10, 10, 20, 20, 20])
    #expect(try PNGImage.decode(gray, path: "g.png", channels: 1).pixels.prefix(4) == [10, 20, 30, 0])
    let palette = HandmadePNG(colorType: 3, row: { _ in [1, 0, 1, 1] }, palette: [1, 2, 3, 200, 100, 50]).bytes
    #expect(try PNGImage.decode(palette, path: "p.png", channels: 3).pixels.prefix(6) == [200, 100, 50, 1, 2, 3])
    let bits = HandmadePNG(colorType: 0, bits: 1, row: { _ in [0b1010_0000] }).bytes
    #expect(try PNGImage.decode(bits, path: "b.png", channels: 1).pixels.prefix(4) == [255, 0, 255, 0])
  }

  /// What is wrong with a folder that is right otherwise, and a part of the message.
  static let damages: [(name: String, bytes: [UInt8]?, message: String)] = {
    let good = HandmadePNG().bytes
    var flipped = good
    flipped[60] ^= 0xFF
    let sixteen = HandmadePNG(bits: 16, row: { _ in [UInt8](repeating: 7, count: 24) }).bytes
    let alpha = HandmadePNG(colorType: 6, row: { _ in [UInt8](repeating: 7, count: 16) }).bytes
    let small = HandmadePNG(width: 3, row: { _ in [UInt8](repeating: 7, count: 9) }).bytes
    return [
      ("0/b.png", Array("just a text".utf8), "this is no PNG file"),
      ("0/b.png", [], "this is no PNG file"),
      ("0/b.png", Array(good.dropLast(30)), "damaged"),
      ("0/b.png", Array(good.prefix(20)), "damaged"),
      ("0/b.png", flipped, "damaged"),
      ("0/b.png", sixteen, "16 bits"),
      ("0/b.png", alpha, "transparent"),
      ("1/b.png", small, "the image is 3×3; expected 3×4"),
      ("1/b.jpg", [0xFF, 0xD8], "expected a .png file"),
      ("2/b.png", good, "the classes are 0, 1, 2; expected 0, 1"),
      ("1/a.png", nil, "the class has no image"),
      ("1", nil, "the classes are 0; expected 0, 1"),
      ("", nil, "get it somewhere"),
    ]
  }()

  @Test(arguments: damages.indices) func damagesAreErrors(_ index: Int) throws {
    let (name, bytes, message) = Self.damages[index]
    try Fixtures.withFolder { parent in
      let folder = parent.appending(path: "train")
      for place in ["0/a.png", "1/a.png"] { try write(HandmadePNG().bytes, place, in: folder) }
      if let bytes {
        try write(bytes, name, in: folder)
      } else {
        try FileManager.default.removeItem(at: name.isEmpty ? folder : folder.appending(path: name))
      }
      expectDatasetError(message) {
        _ = try ImageFolder(folder, classNames: ["0", "1"], source: "get it somewhere").load(name: "t", shape: shape)
      }
    }
  }

  @Test func tooManyImagesAreRefusedBeforeAnyIsOpened() throws {
    try Fixtures.withFolder { folder in
      for name in ["0/a.png", "1/a.png"] { try write(Array("no image".utf8), name, in: folder) }
      let images = try ImageFolder(folder, source: "")
      expectDatasetError("2 images of 3×3×4 take") { _ = try images.load(name: "t", shape: shape, memory: 200) }
      expectDatasetError("3 are asked for") { _ = try images.load(name: "t", shape: shape, count: 3) }
      expectDatasetError("29.0 GB of memory, 4.0 GB are allowed; ask for at most 36168") {
        _ = try PCam.load(
          training: 262_144, validation: 0, test: 0, seed: 0, from: folder, memory: 4_000_000_000)
      }
    }
  }
}

struct PCamTests {
  private func patch(_ value: UInt8) -> [UInt8] {
    HandmadePNG(width: 96, height: 96, row: { _ in [UInt8](repeating: value, count: 288) }).bytes
  }

  private func write(_ root: URL, parts: [String] = ["train", "valid", "test"]) throws {
    for (i, part) in parts.enumerated() {
      for label in 0..<2 {
        let folder = root.appending(path: "\(part)/\(label)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for n in 0..<3 {
          try Data(patch(UInt8(100 * label + 10 * i + n))).write(to: folder.appending(path: "\(n).png"))
        }
      }
    }
  }

  @Test func partsComeFromTheirFolders() throws {
    try Fixtures.withFolder { folder in
      try write(folder.appending(path: "PCam"))
      for place in [folder, folder.appending(path: "PCam")] {
        let splits = try PCam.load(training: 6, validation: 6, test: 4, seed: 5, from: place)
        #expect(splits.training.labels == [0, 0, 0, 1, 1, 1] && splits.test.count == 4)
        #expect(splits.training.imageShape == ImageShape(channels: 3, height: 96, width: 96))
        #expect((0..<6).map { splits.validation.image($0)[77] * 255 } == [10, 11, 12, 110, 111, 112])
      }
      #expect(try PCam.load(training: 2, validation: 0, test: 1, seed: 5, from: folder).validation.count == 0)
      expectDatasetError("has 6 images, 7 are asked for") {
        _ = try PCam.load(training: 7, validation: 0, test: 1, seed: 5, from: folder)
      }
    }
  }

  @Test func aMissingPartIsTold() throws {
    try Fixtures.withFolder { folder in
      try write(folder.appending(path: "PCam"), parts: ["train", "test"])
      expectDatasetError("there is no valid in") {
        _ = try PCam.load(training: 2, validation: 2, test: 2, seed: 0, from: folder)
      }
      _ = try PCam.load(training: 2, validation: 0, test: 2, seed: 0, from: folder)
    }
  }
}

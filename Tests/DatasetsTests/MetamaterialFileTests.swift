import Datasets
import Foundation
import Homogenization
import Interchange
import OrderedCollections
import TestSupport
import Testing

@Suite struct MetamaterialFileTests {
  @Test func whatIsWrittenIsRead() throws {
    let cells = try MetamaterialGenerator(side: 8).cells(count: 7, seed: 3)
    try Fixtures.withFolder { folder in
      let url = folder.appending(path: "cells.npz")
      try MetamaterialFile.write(cells, to: url)
      let data = try MetamaterialFile.read(url)
      #expect(try data == RegressionDataset(name: "cells", cells: cells))
      #expect(data.count == 7 && data.imageShape == ImageShape(height: 8, width: 8))
      #expect(data.targetNames == ["Q00", "Q01", "Q02", "Q11", "Q12", "Q22"])
      #expect(try MetamaterialFile.readCells(url) == cells.map(\.cell))
      // The same cells are the same bytes.
      let again = folder.appending(path: "again.npz")
      try MetamaterialFile.write(MetamaterialGenerator(side: 8).cells(count: 7, seed: 3), to: again)
      #expect(try Data(contentsOf: again) == Data(contentsOf: url))
    }
  }

  @Test func brokenCellsAreDroppedAndGrayOnesKept() throws {
    let homogenizer = Homogenizer(height: 2, width: 2)
    let gray = try MetamaterialCell(UnitCell(height: 2, width: 2, densities: [1, 0.5, 1, 1]), by: homogenizer)
    let broken = try MetamaterialCell(UnitCell(height: 2, width: 2, densities: [1, 0, 0, 1]), by: homogenizer)
    try Fixtures.withFolder { folder in
      let url = folder.appending(path: "cells.npz")
      try MetamaterialFile.write([broken, gray], to: url)
      let data = try MetamaterialFile.read(url)
      #expect(data.images == [1, 0.5, 1, 1] && data.count == 1)
      try MetamaterialFile.write([broken], to: url)
      expectDatasetError("all 1 cells are broken") { _ = try MetamaterialFile.read(url) }
    }
  }

  @Test func whatCannotBeWrittenLeavesNothing() throws {
    let cells = try MetamaterialGenerator(side: 8).cells(count: 1, seed: 3)
    let others = try MetamaterialGenerator(side: 9).cells(count: 1, seed: 3)
    func message(_ cells: [MetamaterialCell], _ url: URL) -> String {
      do {
        try MetamaterialFile.write(cells, to: url)
        return "written"
      } catch {
        return "\(error)"
      }
    }
    try Fixtures.withFolder { folder in
      let url = folder.appending(path: "cells.npz")
      #expect(message([], url).contains("there is no cell to write"))
      #expect(message(cells + others, url).contains("cells of 8×8 and of 9×9 pixels"))
      #expect(message(cells, folder.appending(path: "none/cells.npz")).contains("does not exist"))
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left.isEmpty)
    }
  }

  /// A file that is wrong in one way, and what its error says.
  struct BadFile: Sendable, CustomTestStringConvertible {
    let name: String
    let message: [String]
    let write: @Sendable (URL) throws -> Void
    var testDescription: String { name }

    init(_ name: String, _ message: String..., write: @escaping @Sendable (URL) throws -> Void) {
      self.name = name
      self.message = message
      self.write = write
    }

    /// Two cells of 2×2 pixels with labels, changed.
    static func arrays(
      _ name: String, _ message: String...,
      change: @escaping @Sendable (inout OrderedDictionary<String, HostArray>) -> Void
    ) -> BadFile {
      BadFile(name, message: message) { url in
        var arrays: OrderedDictionary<String, HostArray> = [
          "images": HostArray(.uint8, shape: [2, 2, 2], bytes: [1, 1, 1, 0, 1, 1, 1, 1]),
          "labels": HostArray(MetamaterialFileTests.labels(), shape: [2, 9]),
        ]
        change(&arrays)
        try NumPy.write(arrays, to: url)
      }
    }

    private init(_ name: String, message: [String], write: @escaping @Sendable (URL) throws -> Void) {
      self.name = name
      self.message = message
      self.write = write
    }

    /// Labels of which one number is another.
    static func label(_ name: String, _ row: Int, _ column: Int, _ value: Double, _ message: String...) -> BadFile {
      BadFile(name, message: message) { url in
        var labels = MetamaterialFileTests.labels()
        labels[9 * row + column] = value
        try NumPy.write(
          [
            "images": HostArray(.uint8, shape: [2, 2, 2], bytes: [1, 1, 1, 0, 1, 1, 1, 1]),
            "labels": HostArray(labels, shape: [2, 9]),
          ], to: url)
      }
    }
  }

  private static func labels() -> [Double] {
    [0.5, 0.1, 0, 0.5, 0, 0.2, 0, 0.75, 0] + [1, 0.25, 0, 1, 0, 0.375, 0, 1, 0]
  }

  static let badFiles: [BadFile] = [
    BadFile("no file", "cells.npz") { _ in },
    BadFile("no archive", "cells.npz") { try Data("images".utf8).write(to: $0) },
    BadFile("empty file", "cells.npz") { try Data().write(to: $0) },
    BadFile("truncated archive", "cells.npz") { url in
      try MetamaterialFile.write(MetamaterialGenerator(side: 8).cells(count: 2, seed: 0), to: url)
      let bytes = try Data(contentsOf: url)
      try bytes.prefix(bytes.count - 40).write(to: url)
    },
    BadFile("damaged archive", "cells.npz") { url in
      try MetamaterialFile.write(MetamaterialGenerator(side: 8).cells(count: 2, seed: 0), to: url)
      var bytes = try Data(contentsOf: url)
      bytes[70] ^= 0x55
      try bytes.write(to: url)
    },
    .arrays("no labels", "it holds images, but no array labels") { $0["labels"] = nil },
    .arrays("no images", "but no array images") { $0["images"] = nil },
    .arrays("flat images", "images.npy", "it is [8]", "[cells, rows, columns]") {
      $0["images"] = HostArray(.uint8, shape: [8], bytes: [1, 1, 1, 0, 1, 1, 1, 1])
    },
    .arrays("no cell", "[0, 2, 2] holds no cell") { $0["images"] = HostArray(.uint8, shape: [0, 2, 2], bytes: []) },
    .arrays("cells without pixels", "[2, 0, 0] holds no cell") {
      $0["images"] = HostArray(.uint8, shape: [2, 0, 0], bytes: [])
    },
    .arrays("cells that are not square", "1×4 pixels", "square") {
      $0["images"] = HostArray(.uint8, shape: [2, 1, 4], bytes: [1, 1, 1, 0, 1, 1, 1, 1])
    },
    .arrays("complex images", "complex64", "real numbers") {
      $0["images"] = HostArray(.complex64, shape: [1, 1, 1], bytes: [UInt8](repeating: 0, count: 8))
    },
    .arrays("labels of another width", "labels.npy", "[2, 8]", "[2, 9]") {
      $0["labels"] = HostArray([Double](repeating: 0, count: 16), shape: [2, 8])
    },
    .arrays("more labels than images", "3 rows of labels for 2 images") {
      $0["labels"] = HostArray([Double](repeating: 0, count: 27), shape: [3, 9])
    },
    .arrays("pixel 255", "image 0, row 1, column 0", "the pixel is 255", "1 (solid)") {
      $0["images"] = HostArray(.uint8, shape: [2, 2, 2], bytes: [1, 1, 255, 0, 1, 1, 1, 1])
    },
    .arrays("pixel that is no number", "image 1, row 0, column 1", "nan") {
      $0["images"] = HostArray([1, 1, 1, 0, 1, .nan, 1, 1] as [Float], shape: [2, 2, 2])
    },
    .arrays("gray image that is not called gray", "row 0", "is_gray is 0", "0.5") {
      $0["images"] = HostArray([1, 1, 0.5, 0.5, 1, 1, 1, 1] as [Float], shape: [2, 2, 2])
    },
    .arrays("empty cell", "row 0", "no solid and is_broken is 0") {
      $0["images"] = HostArray(.uint8, shape: [2, 2, 2], bytes: [0, 0, 0, 0, 1, 1, 1, 1])
      var labels = MetamaterialFileTests.labels()
      labels[7] = 0
      $0["labels"] = HostArray(labels, shape: [2, 9])
    },
    .label("label that is no number", 1, 3, .nan, "labels.npy", "row 1", "label 3 is nan"),
    .label("infinite label", 0, 0, .infinity, "row 0", "label 0 is inf"),
    .label("flag of neither kind", 0, 6, 0.5, "row 0", "is_gray is 0.5", "0 or 1"),
    .label("broken more than once", 1, 8, 2, "row 1", "is_broken is 2", "0 or 1"),
    .label("negative volume fraction", 0, 7, -0.5, "row 0", "volfrac is -0.5"),
    .label("volume fraction of another image", 0, 7, 0.5, "row 0", "volfrac is 0.5", "solid to 0.75"),
    .label("negative stiffness", 0, 0, -0.5, "row 0", "not positive definite"),
    .label("impossible coupling", 1, 1, 1.5, "row 1", "not positive definite"),
  ]

  @Test(arguments: badFiles) func badFilesAreOneClearError(bad: BadFile) throws {
    try Fixtures.withFolder { folder in
      let url = folder.appending(path: "cells.npz")
      try bad.write(url)
      let before = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      do {
        _ = try MetamaterialFile.read(url)
        Issue.record("\(bad.name) was read")
      } catch {
        let text = "\(error)"
        for part in ["cells.npz"] + bad.message { #expect(text.contains(part), "\(text)") }
        #expect(!text.contains("\n"))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == before)
    }
  }

  @Test(.enabled(if: TestData.metamaterials != nil, Comment(rawValue: TestData.metamaterialsAreAbsent)))
  func publishedCellsAreRead() throws {
    let folder = try #require(TestData.metamaterials)
    let metaset = try RegressionDataset.metaset(from: folder)
    #expect(metaset.count == 360 && metaset.imageShape == ImageShape(height: 50, width: 50))
    #expect(abs(metaset.target(0)[0] - 0.80474699) < 1e-6)
    // The folder above will do as well.
    let caltech = try RegressionDataset.caltechP4M(from: folder.deletingLastPathComponent())
    #expect(caltech.count == 32_768 && caltech.imageShape == ImageShape(height: 10, width: 10))
    // The first cell is all stiff.
    let solid = CellMaterials.caltech.solid
    #expect(caltech.image(0).allSatisfy { $0 == 1 })
    #expect(ElasticityTensor(components: caltech.target(0).map(Double.init)).distance(to: solid) < 1e-6)
  }

  @Test func absentPublishedFilesSayWhereToGetThem() throws {
    try Fixtures.withFolder { folder in
      expectDatasetError("https://github.com/lychan110/metaset") { _ = try RegressionDataset.metaset(from: folder) }
      expectDatasetError("mm-charts-data") { _ = try RegressionDataset.caltechP4M(from: folder) }
    }
  }
}

import Foundation
import Homogenization
import Interchange
import TestSupport
import Testing

/// Published tensors of published cells.
@Suite(.enabled(if: TestData.metamaterials != nil, Comment(rawValue: TestData.metamaterialsAreAbsent)))
struct PublishedCellsTests {
  private static func array(_ name: String) throws -> HostArray {
    try NumPy.readArray(try #require(TestData.metamaterials).appending(path: name))
  }

  /// Cells number after number; a debug build, a hundred times slower, takes fewer.
  private static func numbers(_ count: Int, of total: Int) -> StrideTo<Int> {
    #if DEBUG
      stride(from: 0, to: total, by: max(1, total / 4))
    #else
      stride(from: 0, to: total, by: max(1, total / count))
    #endif
  }

  @Test func theNotebookSampleHasItsPrintedLabel() throws {
    let pixels = try Self.array("notebook_sample5_image.npy").doubles
    let text = try String(
      contentsOf: try #require(TestData.metamaterials).appending(path: "notebook_sample5_label9.txt"), encoding: .utf8)
    let label = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    let cell = try UnitCell(height: 64, width: 64, densities: pixels)
    let tensor = try Homogenizer(height: 64, width: 64)(cell)
    #expect(tensor.distance(to: ElasticityTensor(components: Array(label[0..<6]))) <= 0.5e-4)
    #expect(abs(cell.volumeFraction - label[7]) <= 0.5e-4)
    #expect(!cell.isBroken && !cell.isGray)
  }

  @Test func theCellsOfMetaSetHaveTheirLabels() throws {
    let (images, labels) = (
      try Self.array("metaset_50x50_images.npy").doubles, try Self.array("metaset_50x50_labels9.npy").doubles
    )
    #expect(labels.count == 360 * 9)
    let homogenizer = Homogenizer(height: 50, width: 50)
    var worst = 0.0
    for index in Self.numbers(360, of: 360) {
      let cell = try UnitCell(
        height: 50, width: 50, densities: Array(images[(index * 2500)..<((index + 1) * 2500)]))
      let label = Array(labels[(9 * index)..<(9 * index + 9)])
      worst = max(worst, try homogenizer(cell).distance(to: ElasticityTensor(components: Array(label[0..<6]))))
      #expect(cell.isBroken == (label[8] != 0))
    }
    #expect(worst < 1e-6)
  }

  @Test func theCellsOfCaltechHaveTheirStiffness() throws {
    let (images, values) = (
      try Self.array("caltech_10x10_images.npy").doubles, try Self.array("caltech_10x10_C.npy").doubles
    )
    let homogenizer = Homogenizer(height: 10, width: 10, materials: .caltech, refinement: 4)
    let solid = CellMaterials.caltech.solid
    var worst = 0.0
    for index in Self.numbers(200, of: 32_768) {
      let cell = try UnitCell(height: 10, width: 10, densities: Array(images[(index * 100)..<((index + 1) * 100)]))
      let tensor = try homogenizer(cell)
      let relative = [
        tensor.q00 / solid.q00, tensor.q01 / solid.q01, tensor.q11 / solid.q11, tensor.q02, tensor.q12,
        tensor.q22 / solid.q22,
      ]
      for (found, published) in zip(relative, values[(6 * index)..<(6 * index + 6)]) {
        worst = max(worst, abs(found - published))
      }
    }
    #expect(worst < 1e-6)
  }
}

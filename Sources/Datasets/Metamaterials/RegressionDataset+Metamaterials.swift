public import Foundation
import Homogenization

extension RegressionDataset {
  /// Creates a data set of the unbroken cells among `cells`.
  ///
  /// **Throws**: `DatasetError.invalid` if none is unbroken or the sizes differ.
  public init(name: String, cells: [MetamaterialCell]) throws(DatasetError) {
    let whole = cells.filter { !$0.isBroken }
    guard let first = whole.first?.cell else {
      throw .invalid("\(name): none of \(cells.count) cells is unbroken; expected at least one")
    }
    guard whole.allSatisfy({ $0.cell.height == first.height && $0.cell.width == first.width }) else {
      throw .invalid("\(name): the cells differ in size; expected \(first.height)×\(first.width) pixels")
    }
    self.init(
      uncheckedName: name, images: whole.flatMap { $0.cell.densities.map { Float($0) } },
      targets: whole.flatMap { $0.elasticity.components.map { Float($0) } },
      targetNames: ElasticityTensor.componentNames,
      imageShape: ImageShape(height: first.height, width: first.width))
  }

  /// Reads the 360 cells of MetaSet with 50×50 pixels and the tensors of `CellMaterials`.
  ///
  /// `metaset_50x50_images.npy` holds the published images; `metaset_50x50_labels9.npy` their nine label columns, which
  /// `steerable homogenize` computes.
  ///
  /// **Throws**: `DatasetError` if a file is missing or wrong.
  ///
  /// **Reference**: Chan, Ahmed, Wang, Chen 2021, "METASET: exploring shape and property spaces for data-driven
  /// metamaterials design".
  public static func metaset(from folder: URL) throws(DatasetError) -> RegressionDataset {
    let source = "the images are at https://github.com/lychan110/metaset"
    return try MetamaterialFile.read(
      images: try file("metaset_50x50_images.npy", in: folder, source),
      labels: try file("metaset_50x50_labels9.npy", in: folder, source), name: "metaset")
  }

  /// Reads the 32,768 cells of Caltech with 10×10 pixels and the symmetry p4m.
  ///
  /// `caltech_10x10_images.npy` holds 1 for the stiff material; `caltech_10x10_C.npy` the columns C₁₁, C₁₂, C₂₂, C₁₆, C₂₆, C₆₆,
  /// each relative to the stiff material's. The tensors returned are in units of the stiff material's Young's modulus, as
  /// those of `CellMaterials`.
  ///
  /// **Throws**: `DatasetError` if a file is missing or wrong.
  public static func caltechP4M(from folder: URL) throws(DatasetError) -> RegressionDataset {
    let source = "the cells are cG10 of https://github.com/mdeagen/mm-charts-data"
    let images = try file("caltech_10x10_images.npy", in: folder, source)
    let labels = try file("caltech_10x10_C.npy", in: folder, source)
    let table = try MetamaterialTable(
      name: "caltech-p4m", images: MetamaterialFile.array(images), labels: MetamaterialFile.array(labels), columns: 6,
      imagesPath: images.path, labelsPath: labels.path)
    let solid = CellMaterials.caltech.solid
    return try table.dataset { index throws(DatasetError) in
      let row = Array(table.label(index))
      let tensor = ElasticityTensor(
        q00: row[0] * solid.q00, q01: row[1] * solid.q01, q02: row[3], q11: row[2] * solid.q11, q12: row[4],
        q22: row[5] * solid.q22)
      guard tensor.isPositiveDefinite else {
        throw .malformed(
          path: labels.path, location: "row \(index)", problem: "the tensor \(row) is not positive definite",
          expected: "C11, C12, C22, C16, C26, C66 of an elastic material")
      }
      return tensor
    }
  }

  private static func file(_ name: String, in folder: URL, _ source: String) throws(DatasetError) -> URL {
    try DataFolder.file([name], in: folder, subfolders: ["metamaterials"], source: source)
  }
}

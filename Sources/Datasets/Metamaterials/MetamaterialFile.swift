public import Foundation
public import Homogenization
import Interchange
import OrderedCollections

/// Reads and writes unit cells with the nine label columns of the published metamaterial data.
///
/// An npz file holds `images`, [n, side, side] from 0 (void) to 1 (solid), and `labels`, [n, 9]: Q₀₀, Q₀₁, Q₀₂, Q₁₁, Q₁₂, Q₂₂,
/// is_gray, volfrac, is_broken. Other arrays in the file are ignored.
public enum MetamaterialFile {
  /// Reads the unbroken cells of an npz file.
  ///
  /// **Throws**: `DatasetError` if the file is missing, damaged or contradicts itself: an array is absent or of another shape,
  /// a number is not finite, a pixel outside 0...1, flags or volume fraction do not fit the image, or a tensor is none of an
  /// elastic material.
  public static func read(_ url: URL) throws(DatasetError) -> RegressionDataset {
    let arrays = try Self.arrays(of: url)
    func array(_ name: String) throws(DatasetError) -> HostArray {
      if let array = arrays[name] { return array }
      let found = arrays.keys.isEmpty ? "nothing" : arrays.keys.sorted().joined(separator: ", ")
      throw .malformed(
        path: url.path, location: "the archive", problem: "it holds \(found), but no array \(name)",
        expected: "images and labels")
    }
    let table = try MetamaterialTable(
      name: url.deletingPathExtension().lastPathComponent, images: array("images"), labels: array("labels"),
      columns: MetamaterialCell.labelNames.count, imagesPath: "\(url.path)/images.npy",
      labelsPath: "\(url.path)/labels.npy")
    return try table.dataset(table.tensor)
  }

  /// Reads the unbroken cells of an npy file of images and one of labels; see ``read(_:)``.
  ///
  /// **Throws**: `DatasetError` as `read(_:)` does.
  public static func read(images: URL, labels: URL, name: String) throws(DatasetError) -> RegressionDataset {
    let table = try MetamaterialTable(
      name: name, images: Self.array(images), labels: Self.array(labels),
      columns: MetamaterialCell.labelNames.count, imagesPath: images.path, labelsPath: labels.path)
    return try table.dataset(table.tensor)
  }

  /// Writes cells as an npz file, broken ones too; whole or not at all, and equal cells as equal bytes.
  ///
  /// The images are bytes 0 and 1, or 32-bit floats if one of them is gray; the labels are 32-bit floats.
  ///
  /// **Throws**: `DatasetError` if there is no cell, the cells differ in size, or the system refuses.
  public static func write(_ cells: [MetamaterialCell], to url: URL) throws {
    guard let first = cells.first else {
      throw DatasetError.invalid("\(url.path): there is no cell to write; expected at least one")
    }
    let (height, width) = (first.cell.height, first.cell.width)
    if let other = cells.first(where: { $0.cell.height != height || $0.cell.width != width }) {
      throw DatasetError.invalid(
        "\(url.path): cells of \(height)×\(width) and of \(other.cell.height)×\(other.cell.width) pixels; expected "
          + "equal sizes")
    }
    let shape = [cells.count, height, width]
    let images =
      cells.contains { $0.cell.isGray }
      ? HostArray(cells.flatMap { $0.cell.densities.map { Float($0) } }, shape: shape)
      : HostArray(.uint8, shape: shape, bytes: cells.flatMap { $0.cell.densities.map { UInt8($0) } })
    let labels = HostArray(
      cells.flatMap { $0.label.map { Float($0) } }, shape: [cells.count, MetamaterialCell.labelNames.count])
    try NumPy.write(["images": images, "labels": labels], to: url, isCompressed: true)
  }

  /// Reads images alone, to be homogenized: an npy file of one image or several, or the array `images` of an npz file.
  ///
  /// **Throws**: `DatasetError` if the file is missing or damaged, holds no images, or a pixel is outside 0...1.
  public static func readCells(_ url: URL) throws(DatasetError) -> [UnitCell] {
    let array: HostArray
    if url.pathExtension.lowercased() == "npz" {
      guard let images = try arrays(of: url)["images"] else {
        throw .malformed(
          path: url.path, location: "the archive", problem: "there is no array images",
          expected: "images [cells, rows, columns]")
      }
      array = images
    } else {
      array = try Self.array(url)
    }
    guard (2...3).contains(array.shape.count), !array.shape.contains(0) else {
      throw .malformed(
        path: url.path, location: "the shape", problem: "it is \(array.shape)",
        expected: "[rows, columns] or [cells, rows, columns] without zeros")
    }
    guard ![.complex64, .complex128].contains(array.element) else {
      throw .malformed(
        path: url.path, location: "the elements", problem: "they are \(array.element)", expected: "real numbers")
    }
    let (height, width) = (array.shape[array.shape.count - 2], array.shape[array.shape.count - 1])
    let values = array.doubles
    var cells: [UnitCell] = []
    for start in stride(from: 0, to: values.count, by: height * width) {
      do throws(HomogenizationError) {
        cells.append(
          try UnitCell(height: height, width: width, densities: Array(values[start..<(start + height * width)])))
      } catch {
        throw .invalid("\(url.path), image \(cells.count): \(error)")
      }
    }
    return cells
  }

  private static func arrays(of url: URL) throws(DatasetError) -> [String: HostArray] {
    do throws(InterchangeError) {
      let arrays = try NumPy.readArrays(url)
      return Dictionary(uniqueKeysWithValues: arrays.map { ($0.key, $0.value) })
    } catch {
      throw .file(error)
    }
  }

  static func array(_ url: URL) throws(DatasetError) -> HostArray {
    do throws(InterchangeError) {
      return try NumPy.readArray(url)
    } catch {
      throw .file(error)
    }
  }
}

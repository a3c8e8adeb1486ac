import Foundation
import Homogenization
import Interchange

/// Images of cells and their label columns as files hold them, checked before they are used.
///
/// Every error names the file, the place in it, what is wrong and what would be right.
struct MetamaterialTable {
  private let name: String
  private let images: HostArray
  private let labels: HostArray
  private let imagesPath: String
  private let labelsPath: String
  private let pixels: [Float]
  private let values: [Double]

  /// The number of cells.
  let count: Int
  /// The number of rows and columns of each image.
  let side: Int

  /// Takes arrays of images [n, side, side] and labels [n, columns].
  ///
  /// **Throws**: `DatasetError.malformed` for other shapes, elements that are no real numbers, pixels outside 0...1 and labels
  /// that are not finite.
  init(
    name: String, images: HostArray, labels: HostArray, columns: Int, imagesPath: String, labelsPath: String
  ) throws(DatasetError) {
    for (array, path) in [(images, imagesPath), (labels, labelsPath)]
    where [.complex64, .complex128].contains(array.element) {
      throw .malformed(
        path: path, location: "the elements", problem: "they are \(array.element)", expected: "real numbers")
    }
    guard images.shape.count == 3 else {
      throw .malformed(
        path: imagesPath, location: "the shape", problem: "it is \(images.shape)",
        expected: "[cells, rows, columns]")
    }
    guard images.shape[0] > 0, images.shape[1] > 0 else {
      throw .malformed(
        path: imagesPath, location: "the shape", problem: "\(images.shape) holds no cell", expected: "at least one")
    }
    guard images.shape[1] == images.shape[2] else {
      throw .malformed(
        path: imagesPath, location: "the shape",
        problem: "the cells have \(images.shape[1])×\(images.shape[2]) pixels", expected: "square ones")
    }
    guard labels.shape.count == 2, labels.shape[1] == columns else {
      throw .malformed(
        path: labelsPath, location: "the shape", problem: "it is \(labels.shape)",
        expected: "[\(images.shape[0]), \(columns)]")
    }
    guard labels.shape[0] == images.shape[0] else {
      throw .malformed(
        path: labelsPath, location: "the shape",
        problem: "\(labels.shape[0]) rows of labels for \(images.shape[0]) images", expected: "one row for each image")
    }
    self.name = name
    self.images = images
    self.labels = labels
    self.imagesPath = imagesPath
    self.labelsPath = labelsPath
    count = images.shape[0]
    side = images.shape[1]
    pixels = images.floats
    values = labels.doubles
    let outside = pixels.withUnsafeBufferPointer { pixels in pixels.indices.first { !(0...1).contains(pixels[$0]) } }
    if let outside {
      let (image, pixel) = outside.quotientAndRemainder(dividingBy: side * side)
      throw .malformed(
        path: imagesPath, location: "image \(image), row \(pixel / side), column \(pixel % side)",
        problem: "the pixel is \(pixels[outside])", expected: "0 (void) to 1 (solid)")
    }
    if let bad = values.firstIndex(where: { !$0.isFinite }) {
      throw wrong(bad / columns, "label \(bad % columns) is \(values[bad])", "a finite number")
    }
  }

  /// The label columns of one cell.
  func label(_ index: Int) -> ArraySlice<Double> {
    let columns = values.count / count
    return values[(index * columns)..<((index + 1) * columns)]
  }

  /// Checks the nine columns of a cell, and returns its tensor, or nil if it is broken.
  ///
  /// **Throws**: `DatasetError.malformed` if flags are neither 0 nor 1, is_gray or volfrac contradict the image, or an unbroken
  /// cell has no solid or an impossible tensor.
  func tensor(_ index: Int) throws(DatasetError) -> ElasticityTensor? {
    let row = Array(label(index))
    for (column, flag) in [(6, "is_gray"), (8, "is_broken")] where row[column] != 0 && row[column] != 1 {
      throw wrong(index, "\(flag) is \(row[column])", "0 or 1")
    }
    let image = pixels[(index * side * side)..<((index + 1) * side * side)]
    if row[6] == 0, let gray = image.first(where: { $0 != 0 && $0 != 1 }) {
      throw wrong(index, "is_gray is 0, but the image holds the value \(gray)", "pixels 0 and 1, or is_gray 1")
    }
    guard (0...1).contains(row[7]) else { throw wrong(index, "volfrac is \(row[7])", "0 to 1") }
    let share = image.reduce(0.0) { $0 + Double($1) } / Double(image.count)
    // Published fractions have four decimals.
    guard abs(share - row[7]) < 1e-3 else {
      throw wrong(index, "volfrac is \(row[7]), but the image is solid to \(share)", "the mean of the image")
    }
    guard row[8] == 0 else { return nil }
    guard share > 0 else { throw wrong(index, "the image holds no solid and is_broken is 0", "some solid") }
    let tensor = ElasticityTensor(components: Array(row[0..<6]))
    // Four decimals may make a soft tensor slightly indefinite.
    let slack = ElasticityTensor(components: [1e-3, 0, 0, 1e-3, 0, 1e-3])
    guard (tensor + slack).isPositiveDefinite else {
      throw wrong(
        index, "the tensor \(row[0..<6].map { String($0) }.joined(separator: ", ")) is not positive definite",
        "Q00, Q01, Q02, Q11, Q12, Q22 of an elastic material")
    }
    return tensor
  }

  /// The cells for which there is a tensor.
  ///
  /// **Throws**: `DatasetError.malformed` if there is none for any cell.
  func dataset(_ tensor: (Int) throws(DatasetError) -> ElasticityTensor?) throws(DatasetError) -> RegressionDataset {
    var (values, targets): ([Float], [Float]) = ([], [])
    values.reserveCapacity(pixels.count)
    for index in 0..<count {
      guard let tensor = try tensor(index) else { continue }
      values += pixels[(index * side * side)..<((index + 1) * side * side)]
      targets += tensor.components.map { Float($0) }
    }
    guard !targets.isEmpty else {
      throw .malformed(
        path: labelsPath, location: "column is_broken", problem: "all \(count) cells are broken",
        expected: "at least one that is not")
    }
    return RegressionDataset(
      uncheckedName: name, images: values, targets: targets, targetNames: ElasticityTensor.componentNames,
      imageShape: ImageShape(height: side, width: side))
  }

  private func wrong(_ row: Int, _ problem: String, _ expected: String) -> DatasetError {
    .malformed(path: labelsPath, location: "row \(row)", problem: problem, expected: expected)
  }
}

internal import Interchange
internal import OrderedCollections

/// One batch of radio galaxies: a pickled dictionary of `batch_label`, `labels`, `data` and `filenames`.
struct PickledBatch {
  /// What the batch says of itself, such as `training batch 2 of 7`.
  let title: String
  /// All images with their published labels.
  let images: RadioGalaxyImages

  /// Reads a batch; nothing in the pickle is executed.
  ///
  /// **Throws**: `DatasetError` that names the file and the image for a pickle of another form, for images of another size
  /// or type, and for labels of no class.
  init(_ file: Distribution.File, classes: Int) throws(DatasetError) {
    (title, images) = try DatasetError.reading { () throws(InterchangeError) in
      try Self.contents(file, classes: classes)
    }
  }

  private static func contents(
    _ file: Distribution.File, classes: Int
  ) throws(InterchangeError) -> (String, RadioGalaxyImages) {
    let pickle = try Pickle(file.bytes, rules: .imageBatches, path: file.path)
    let batch = try pickle.dictionary(pickle.root, "the batch")
    func value(_ key: String) throws(InterchangeError) -> PickleValue {
      guard let value = batch[key] else {
        throw InterchangeError(
          .malformed, path: file.path, "the batch has no \"\(key)\"", expected: "batch_label, labels, data, filenames")
      }
      return value
    }
    let title = try pickle.text(try value("batch_label"), "\"batch_label\"")
    let labels = try pickle.integers(try value("labels"), "\"labels\"")
    let data = try pickle.elements(try value("data"), "\"data\"")
    guard labels.count == data.count else {
      throw InterchangeError(
        .malformed, path: file.path, "the batch has \(labels.count) labels for \(data.count) images",
        expected: "one label an image")
    }
    var images = RadioGalaxyImages()
    for (index, (value, label)) in zip(data, labels).enumerated() {
      guard (0..<classes).contains(label) else {
        throw InterchangeError(
          .malformed, path: file.path, "image \(index) has the label \(label)", expected: "0 to \(classes - 1)")
      }
      let image = try pickle.array(value, "image \(index)")
      guard image.element == .uint8 else {
        throw InterchangeError(
          .malformed, path: file.path, "image \(index) has values of type \(image.element)", expected: "uint8")
      }
      let side = RadioGalaxyImages.side
      guard image.shape == [side * side] || image.shape == [side, side] else {
        throw InterchangeError(
          .malformed, path: file.path, "image \(index) has the shape \(image.shape)",
          expected: "[\(side * side)] or [\(side), \(side)]")
      }
      images.append(image.bytes, label: label)
    }
    return (title, images)
  }
}

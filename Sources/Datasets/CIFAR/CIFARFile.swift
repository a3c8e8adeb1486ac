/// The binary records of CIFAR: one or two label bytes, then 3072 bytes of red, green and blue planes.
struct CIFARFile {
  /// The number of label bytes, of which the last is the label.
  let labelBytes: Int
  let classNames: [String]
  let distribution: Distribution

  static let imageShape = ImageShape(channels: 3, height: 32, width: 32)

  /// Reads records from several files, one after the other.
  ///
  /// **Throws**: `DatasetError` for files that are no whole number of records, and for labels of no class.
  func load(_ files: [Distribution.File], name: String) throws(DatasetError) -> ImageDataset {
    let size = Self.imageShape.count
    let record = labelBytes + size
    var labels: [Int] = []
    for file in files {
      guard !file.bytes.isEmpty, file.bytes.count % record == 0 else {
        throw .malformed(
          path: file.path, location: "byte \(file.bytes.count)", problem: "the file has \(file.bytes.count) bytes",
          expected: "records of \(record) bytes, \(labelBytes == 1 ? "one for the label" : "two for the labels")")
      }
      for start in stride(from: 0, to: file.bytes.count, by: record) {
        let label = Int(file.bytes[start + labelBytes - 1])
        guard label < classNames.count else {
          throw .malformed(
            path: file.path, location: "byte \(start + labelBytes - 1)", problem: "the label is \(label)",
            expected: "0 to \(classNames.count - 1)")
        }
        labels.append(label)
      }
    }
    let table = PixelBytes.table
    let values = [Float](unsafeUninitializedCapacity: labels.count * size) { output, filled in
      for file in files {
        file.bytes.withUnsafeBufferPointer { bytes in
          for start in stride(from: labelBytes, to: bytes.count, by: record) {
            for index in 0..<size { output[filled + index] = table[Int(bytes[start + index])] }
            filled += size
          }
        }
      }
    }
    return ImageDataset(
      uncheckedName: name, images: values, labels: labels, classNames: classNames, imageShape: Self.imageShape)
  }
}

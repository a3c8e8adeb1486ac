internal import Foundation
internal import Interchange
internal import OrderedCollections

/// All of MiraBest in one `.npz` file: `images` [N, 150, 150] and `labels` and `batch` [N], as bytes.
struct MiraBestArrays {
  private let images: HostArray
  private let labels: [UInt8]
  private let batches: [UInt8]
  private static let testBatch: UInt8 = 7

  init(_ url: URL) throws(DatasetError) {
    let arrays = try DatasetError.reading { () throws(InterchangeError) in try NumPy.readArrays(url) }
    func array(_ name: String) throws(DatasetError) -> HostArray {
      func wrong(_ problem: String, _ expected: String) -> DatasetError {
        .malformed(path: url.path, location: name, problem: problem, expected: expected)
      }
      guard let array = arrays[name] else {
        throw .malformed(
          path: url.path, location: "names", problem: "there is no array \"\(name)\"",
          expected: "images, labels and batch, found \(arrays.keys.joined(separator: ", "))")
      }
      if [.float16, .float32, .float64].contains(array.element),
        let bad = array.doubles.firstIndex(where: { !$0.isFinite })
      {
        throw wrong("value \(bad) is \(array.doubles[bad])", "numbers, as uint8")
      }
      guard array.element == .uint8 else { throw wrong("the values have the type \(array.element)", "uint8") }
      return array
    }
    images = try array("images")
    let side = RadioGalaxyImages.side
    guard images.shape.count == 3, Array(images.shape[1...]) == [side, side] else {
      throw .malformed(
        path: url.path, location: "images", problem: "the shape is \(images.shape)",
        expected: "[N, \(side), \(side)]")
    }
    let count = images.shape[0]
    func column(_ name: String, below limit: UInt8) throws(DatasetError) -> [UInt8] {
      let array = try array(name)
      guard array.shape == [count] else {
        throw .malformed(
          path: url.path, location: name, problem: "the shape is \(array.shape)",
          expected: "[\(count)], one number an image")
      }
      if let bad = array.bytes.firstIndex(where: { $0 >= limit }) {
        throw .malformed(
          path: url.path, location: name, problem: "value \(bad) is \(array.bytes[bad])", expected: "0 to \(limit - 1)")
      }
      return array.bytes
    }
    labels = try column("labels", below: UInt8(MiraBest.codes.count))
    batches = try column("batch", below: Self.testBatch + 1)
  }

  /// The images that `label` gives a class of, those of the batches for training and those of the last one.
  func selected(_ label: (Int) -> Int?) -> (RadioGalaxyImages, RadioGalaxyImages) {
    var (training, test) = (RadioGalaxyImages(), RadioGalaxyImages())
    let size = RadioGalaxyImages.pixelCount
    // Batch by batch, whatever the order of the file.
    for batch in 0...Self.testBatch {
      for index in labels.indices where batches[index] == batch {
        guard let new = label(Int(labels[index])) else { continue }
        let image = images.bytes[(index * size)..<((index + 1) * size)]
        if batch == Self.testBatch { test.append(image, label: new) } else { training.append(image, label: new) }
      }
    }
    return (training, test)
  }
}

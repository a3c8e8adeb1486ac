import Datasets
import Foundation
import Interchange
import TestSupport
import Testing

@Suite struct MNISTTests {
  /// The bytes of an idx file.
  static func idx(_ shape: [Int], _ data: [UInt8], type: UInt8 = 8) -> [UInt8] {
    [0, 0, type, UInt8(shape.count)]
      + shape.flatMap { length in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } } + data
  }

  private func write(_ files: [String: [UInt8]], to folder: URL) throws {
    for (name, bytes) in files { try AtomicFile.write(bytes, to: folder.appendingPathComponent(name)) }
  }

  @Test func smallFiles() throws {
    try Fixtures.withFolder { folder in
      let pixels = (0..<(2 * 784)).map { UInt8(truncatingIfNeeded: $0) }
      try write(
        [
          "train-images-idx3-ubyte": Self.idx([2, 28, 28], pixels),
          "train-labels-idx1-ubyte.gz": Gzip.compressed(Self.idx([2], [7, 0])),
        ], to: folder)
      let data = try MNIST.load(.training, from: folder)
      #expect(data.labels == [7, 0])
      #expect(data.images[255] == 1 && data.images[51] == 0.2)
      #expect(data.images == pixels.map { Float($0) / 255 })
      expectDatasetError("there is no t10k-images-idx3-ubyte.gz or t10k-images-idx3-ubyte in \(folder.path); get ") {
        _ = try MNIST.load(.test, from: folder)
      }
    }
  }

  static let damaged: [(name: String, bytes: [UInt8], part: String)] = [
    ("images", [0, 0, 8], "byte 3 of the contents: the file ends inside the header; expected 16 bytes or more"),
    (
      "images", idx([1, 28, 28], [UInt8](repeating: 0, count: 784), type: 13),
      "the magic number is 0 0 d 3 (hexadecimal); expected 0 0 8 3"
    ),
    ("images", idx([784], [UInt8](repeating: 0, count: 784)), "expected 0 0 8 3"),
    (
      "images", idx([1, 28, 28], [UInt8](repeating: 0, count: 783)),
      "783 bytes of data for the lengths [1, 28, 28]; expected 784"
    ),
    ("images", idx([1, 28, 28], [UInt8](repeating: 0, count: 785)), "785 bytes of data"),
    ("images", idx([1, 14, 56], [UInt8](repeating: 0, count: 784)), "the images have 14×56 pixels; expected 28×28"),
    (
      "images", Array(Gzip.compressed(idx([1, 28, 28], [UInt8](repeating: 0, count: 784))).dropLast(4)),
      "the compressed data end too early"
    ),
    ("labels", idx([2], [1, 2]), "2 labels for 1 images in train-images-idx3-ubyte; expected 1 labels"),
    ("labels", idx([1], [10]), "byte 8 of the contents: the label is 10; expected 0 to 9"),
    ("labels", Array("nothing".utf8), "the file ends inside the header"),
  ]

  @Test(arguments: damaged.indices) func damagedFiles(index: Int) throws {
    let (name, bytes, part) = Self.damaged[index]
    try Fixtures.withFolder { folder in
      try write(
        [
          "train-images-idx3-ubyte": Self.idx([1, 28, 28], [UInt8](repeating: 0, count: 784)),
          "train-labels-idx1-ubyte": Self.idx([1], [3]),
        ], to: folder)
      #expect(try MNIST.load(.training, from: folder).labels == [3])
      try write([name == "images" ? "train-images-idx3-ubyte" : "train-labels-idx1-ubyte": bytes], to: folder)
      expectDatasetError(part) { _ = try MNIST.load(.training, from: folder) }
      expectDatasetError(folder.path) { _ = try MNIST.load(.training, from: folder) }
    }
  }

  @Test(.enabled(if: TestData.mnist != nil, "\(TestData.mnistIsAbsent)")) func publishedNumbers() throws {
    let folder = try #require(TestData.mnist)
    let test = try MNIST.load(.test, from: folder)
    #expect(test.count == 10_000)
    #expect(test.classCounts == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    // In a folder above, the files are found in `mnist`.
    let training = try Fixtures.withFolder { above in
      try FileManager.default.createSymbolicLink(at: above.appending(path: "mnist"), withDestinationURL: folder)
      return try MNIST.load(.training, from: above)
    }
    #expect(training.count == 60_000)
    #expect(training.labels.prefix(5) == [5, 0, 4, 1, 9])
    let statistics = training.statistics
    #expect(abs(statistics.mean[0] - MNIST.statistics.mean[0]) < 0.0001)
    #expect(abs(statistics.standardDeviation[0] - MNIST.statistics.standardDeviation[0]) < 0.0001)
  }

  @Test(.enabled(if: TestData.mnist != nil, "\(TestData.mnistIsAbsent)")) func rotatedSet() throws {
    let folder = try #require(TestData.mnist)
    let splits = try RotatedMNIST.make(from: folder, trainingCount: 300, validationCount: 100, testCount: 200)
    #expect(splits.training.count == 200 && splits.validation.count == 100 && splits.test.count == 200)
    let again = try RotatedMNIST.make(from: folder, trainingCount: 300, validationCount: 0, testCount: 200)
    #expect(again.training.prefix(200).images == splits.training.images)
    #expect(again.test == splits.test)
    let other = try RotatedMNIST.make(from: folder, trainingCount: 300, testCount: 200, seed: 1)
    #expect(other.training != again.training)
    // Turning about the center keeps the ink of digits, which lie in a circle, to within the interpolation.
    let mean = again.training.statistics.mean[0]
    #expect(abs(mean - 0.1307) < 0.01)
    // No image occurs twice.
    let images = (0..<300).map { again.training.image($0) } + (0..<200).map { again.test.image($0) }
    #expect(Set(images).count == 500)
    expectDatasetError("60000 training images, 0 of them for validation, and 50000 test images; expected at most 70000")
    {
      _ = try RotatedMNIST.make(from: folder, trainingCount: 60_000)
    }
  }

  /// The set that results are quoted for begins with the same digits on every machine, compared in 256 levels.
  @Test(.enabled(if: TestData.mnist != nil, "\(TestData.mnistIsAbsent)")) func rotatedSetIsPinned() throws {
    let folder = try #require(TestData.mnist)
    let first = try RotatedMNIST.make(from: folder, trainingCount: 100, testCount: 0).training
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for label in first.labels { add(UInt8(label)) }
    for value in first.images { add(UInt8((value * 255).rounded())) }
    #expect(hash == 4_092_705_243_926_179_527)
  }

  @Test func folders() throws {
    try Fixtures.withFolder { folder in
      let variable = DataFolder.environmentVariable
      func resolve(_ explicit: String?, _ environment: [String: String]) throws -> String {
        try DataFolder.resolve(explicit, dataset: "MNIST", source: MNIST.source, environment: environment).path
      }
      let explicit = try resolve(folder.path, [variable: "/none"])
      let fromEnvironment = try resolve(nil, [variable: folder.path])
      #expect(explicit == folder.path && fromEnvironment == folder.path)
      expectDatasetError(
        "MNIST: no data folder is given; name one with --data DIR or in the environment variable STEERABLE_DATA; get "
      ) {
        _ = try resolve(nil, [:])
      }
      expectDatasetError("/none is no folder") { _ = try resolve("/none", [:]) }
    }
  }
}

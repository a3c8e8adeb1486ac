import Datasets
import Foundation
import Interchange
import TestSupport
import Testing

/// CIFAR and STL-10: layout, places where the files may lie, and damage.
struct PhotographTests {
  /// A record of CIFAR: labels, then three planes; red counts columns, green rows, blue is constant.
  private func record(_ labels: [UInt8], blue: UInt8) -> [UInt8] {
    let columns = (0..<1024).map { UInt8($0 % 32) }
    let rows = (0..<1024).map { UInt8($0 / 32) }
    return labels + columns + rows + [UInt8](repeating: blue, count: 1024)
  }

  private func write(_ bytes: [UInt8], _ name: String, in folder: URL) throws {
    let url = folder.appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// A tar archive of files.
  private func archive(_ files: [(String, [UInt8])]) -> [UInt8] {
    files.flatMap { name, contents -> [UInt8] in
      var header = [UInt8](repeating: 0, count: 512)
      header.replaceSubrange(0..<name.utf8.count, with: Array(name.utf8))
      let size = Array(String(contents.count, radix: 8).utf8)
      header.replaceSubrange(124..<(124 + size.count), with: size)
      header[156] = UInt8(ascii: "0")
      header.replaceSubrange(148..<156, with: [UInt8](repeating: 32, count: 8))
      let sum = Array(String(header.reduce(0) { $0 + Int($1) }, radix: 8).utf8) + [0]
      header.replaceSubrange(148..<(148 + sum.count), with: sum)
      return header + contents + [UInt8](repeating: 0, count: (512 - contents.count % 512) % 512)
    }
  }

  private var batches: [(String, [UInt8])] {
    (1...5).map { ("cifar-10-batches-bin/data_batch_\($0).bin", record([UInt8($0)], blue: UInt8(10 * $0))) }
      + [("cifar-10-batches-bin/test_batch.bin", record([9], blue: 200))]
  }

  private func check(_ data: ImageDataset) {
    #expect(data.imageShape == ImageShape(channels: 3, height: 32, width: 32))
    let image = data.image(0)
    // Row 2, column 5.
    #expect(image[2 * 32 + 5] == 5 / 255 && image[1024 + 2 * 32 + 5] == 2 / 255)
  }

  @Test func cifar10UnpackedAndPacked() throws {
    try Fixtures.withFolder { folder in
      for (name, bytes) in batches { try write(bytes, "unpacked/" + name, in: folder) }
      try write(Gzip.compressed(archive(batches)), "packed/cifar-10-binary.tar.gz", in: folder)
      for place in ["unpacked", "packed", "unpacked/cifar-10-batches-bin"] {
        let training = try CIFAR10.load(.training, from: folder.appending(path: place))
        check(training)
        #expect(training.labels == [1, 2, 3, 4, 5])
        #expect((0..<5).map { training.image($0)[2 * 1024] * 255 } == [10, 20, 30, 40, 50])
        let test = try CIFAR10.load(.test, from: folder.appending(path: place))
        #expect(test.labels == [9] && test.classNames[9] == "truck")
      }
    }
  }

  @Test func cifar100TakesTheFineLabels() throws {
    try Fixtures.withFolder { folder in
      try write(record([19, 99], blue: 0) + record([0, 7], blue: 1), "cifar-100-binary/train.bin", in: folder)
      let data = try CIFAR100.load(.training, from: folder)
      check(data)
      #expect(data.labels == [99, 7] && data.classNames[99] == "worm" && data.classNames[7] == "beetle")
      #expect(Set(CIFAR100.classNames).count == 100 && CIFAR100.classNames == CIFAR100.classNames.sorted())
    }
  }

  @Test func stl10HasColumnsOfPixels() throws {
    try Fixtures.withFolder { folder in
      // Each plane column by column: the value is the column.
      let plane = (0..<(96 * 96)).map { UInt8($0 / 96) }
      try write(plane + plane + [UInt8](repeating: 9, count: 96 * 96), "stl10_binary/train_X.bin", in: folder)
      try write([10], "stl10_binary/train_y.bin", in: folder)
      let data = try STL10.load(.training, from: folder)
      #expect(data.imageShape == ImageShape(channels: 3, height: 96, width: 96) && data.labels == [9])
      #expect(data.classNames[9] == "truck")
      let image = data.image(0)
      #expect(image[3 * 96 + 17] == 17 / 255 && image[96 * 96 + 50 * 96 + 2] == 2 / 255)
    }
  }

  @Test func wrongFilesAreErrors() throws {
    try Fixtures.withFolder { folder in
      expectDatasetError("cifar-10-binary.tar.gz") { _ = try CIFAR10.load(.training, from: folder) }
      expectDatasetError("cs.toronto.edu") { _ = try CIFAR100.load(.test, from: folder) }
      expectDatasetError("acoates") { _ = try STL10.load(.test, from: folder) }
      try write(Array(record([3], blue: 0).dropLast()), "test_batch.bin", in: folder)
      expectDatasetError("3073") { _ = try CIFAR10.load(.test, from: folder) }
      try write(record([10], blue: 0), "test_batch.bin", in: folder)
      expectDatasetError("the label is 10; expected 0 to 9") { _ = try CIFAR10.load(.test, from: folder) }
      try write([], "test_batch.bin", in: folder)
      expectDatasetError("0 bytes") { _ = try CIFAR10.load(.test, from: folder) }
      try write(Gzip.compressed(archive([batches[0]])), "cifar-10-binary.tar.gz", in: folder)
      expectDatasetError("no data_batch_2.bin") { _ = try CIFAR10.load(.training, from: folder) }
      try write(Array(Gzip.compressed(archive(batches)).dropLast(40)), "cifar-10-binary.tar.gz", in: folder)
      try FileManager.default.removeItem(at: folder.appending(path: "test_batch.bin"))
      expectDatasetError("too early") { _ = try CIFAR10.load(.test, from: folder) }
      try write([UInt8](repeating: 0, count: 27648), "test_X.bin", in: folder)
      try write([1, 2], "test_y.bin", in: folder)
      expectDatasetError("2 labels") { _ = try STL10.load(.test, from: folder) }
      try write([0], "test_y.bin", in: folder)
      expectDatasetError("1 to 10") { _ = try STL10.load(.test, from: folder) }
    }
  }

  @Test(.enabled(if: TestData.photographs != nil, "\(TestData.photographsAreAbsent)"))
  func theFirstPhotographs() throws {
    let data = try CIFAR10.load(.training, from: #require(TestData.photographs), files: ["train_first4000.bin"])
    #expect(data.count == 4000)
    // The first image of the data set is a frog, its first pixel (59, 62, 63).
    #expect(data.classNames[data.labels[0]] == "frog")
    let image = data.image(0)
    #expect([0, 1024, 2048].map { (image[$0] * 255).rounded() } == [59, 62, 63])
    // 4,000 of 50,000 images have nearly the mean and the deviation of all.
    let statistics = data.statistics
    for channel in 0..<3 {
      #expect(abs(statistics.mean[channel] - CIFAR10.statistics.mean[channel]) < 0.01)
      #expect(abs(statistics.standardDeviation[channel] - CIFAR10.statistics.standardDeviation[channel]) < 0.01)
    }
  }

  @Test func cutoutCoversASquare() {
    let shape = ImageShape(channels: 2, height: 8, width: 9)
    let count = 400
    var images = [Float](repeating: 1, count: count * shape.count)
    Augmentation([.cutout(side: 3, values: [5, 7])]).apply(
      to: &images, imageShape: shape, indices: Array(0..<count), seed: 4, epoch: 1)
    var covered = [Int](repeating: 0, count: 72)
    for image in 0..<count {
      let planes = (0..<2).map { plane in (0..<72).map { images[image * 144 + plane * 72 + $0] } }
      #expect(planes[0].allSatisfy { $0 == 1 || $0 == 5 } && planes[1].allSatisfy { $0 == 1 || $0 == 7 })
      let places = (0..<72).filter { planes[0][$0] != 1 }
      #expect(places == (0..<72).filter { planes[1][$0] != 1 })
      // Centers lie in the image, so that at most one row and one column of the square are outside.
      #expect((4...9).contains(places.count))
      for place in places { covered[place] += 1 }
    }
    // Every pixel is covered now and then, those in the middle by nine centers of 72.
    #expect(covered.allSatisfy { $0 > 5 } && abs(Double(covered[4 * 9 + 4]) - 50) < 30)
  }
}

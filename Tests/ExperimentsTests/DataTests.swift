import Datasets
import Experiments
import Foundation
import TestSupport
import Testing

struct DataTests {
  private func counts(_ data: DatasetSplits) -> [Int] { [data.training, data.validation, data.test].map(\.count) }

  @Test func galaxiesAreSimulatedAtTheSideAskedFor() throws {
    let configuration = DataConfiguration(
      kind: .simulatedGalaxies, training: 24, validation: 8, test: 12, imageSide: 25)
    let data = try configuration.load(folder: nil)
    #expect(counts(data) == [24, 8, 12])
    #expect(data.training.imageShape == ImageShape(height: 25, width: 25))
    #expect(configuration.imageShape == data.training.imageShape)
    #expect(configuration.classNames == data.test.classNames)
    #expect(try configuration.load(folder: nil) == data)
    var other = configuration
    other.seed += 1
    #expect(try other.load(folder: nil).training != data.training)
  }

  @Test(.enabled(if: TestData.mnist != nil, "\(TestData.mnistIsAbsent)")) func uprightDigits() throws {
    let configuration = DataConfiguration(kind: .mnist, training: 100, validation: 50, test: 30)
    let data = try configuration.load(folder: TestData.mnist?.path)
    #expect(counts(data) == [100, 50, 30])
    // The first digits of the published files.
    #expect(Array(data.training.labels.prefix(5)) == [5, 0, 4, 1, 9])
    #expect(Array(data.test.labels.prefix(5)) == [7, 2, 1, 0, 4])
    #expect(data.training.imageShape == configuration.imageShape)
  }

  @Test(.enabled(if: TestData.mnist != nil, "\(TestData.mnistIsAbsent)")) func rotatedDigits() throws {
    let configuration = DataConfiguration(kind: .rotatedMNIST, training: 60, validation: 20, test: 40)
    let data = try configuration.load(folder: TestData.mnist?.path)
    #expect(counts(data) == [60, 20, 40])
    let upright = try DataConfiguration(kind: .mnist, training: 60, test: 40).load(folder: TestData.mnist?.path)
    #expect(upright.training != data.training)
  }

  @Test(.enabled(if: TestData.photographs != nil, "\(TestData.photographsAreAbsent)")) func photographsFromOtherFiles()
    throws
  {
    let configuration = DataConfiguration(
      kind: .cifar10, training: 3000, validation: 200, test: 1000, trainingFiles: ["train_first4000.bin"],
      testFiles: ["test_first1000.bin"])
    let data = try configuration.load(folder: TestData.photographs?.path)
    #expect(counts(data) == [3000, 200, 1000])
    #expect(data.training.imageShape == configuration.imageShape && configuration.classNames.count == 10)
    // The images stay as they are; networks see them normalized.
    #expect(data.training.images.allSatisfy { (0...1).contains($0) })
    let seen = data.training.normalized(by: try #require(configuration.statistics)).statistics
    for channel in 0..<3 {
      #expect(abs(seen.mean[channel]) < 0.05 && abs(seen.standardDeviation[channel] - 1) < 0.05)
    }
    var plain = configuration
    plain.normalize = false
    #expect(plain.statistics == nil)
    var greedy = configuration
    greedy.training = 4001
    #expect(throws: DatasetError.self) { try greedy.load(folder: TestData.photographs?.path) }
  }

  @Test func theOriginalBenchmarksFiles() throws {
    try Samples.withFolder { folder in
      func line(_ label: Int) -> String { String(repeating: "0.25 ", count: 784) + "\(label)\n" }
      let prefix = "mnist_all_rotation_normalized_float_"
      try (0..<5).map(line).joined().write(
        to: folder.appending(path: prefix + "train_valid.amat"), atomically: true, encoding: .utf8)
      try (6..<9).map(line).joined().write(
        to: folder.appending(path: prefix + "test.amat"), atomically: true, encoding: .utf8)
      let configuration = DataConfiguration(kind: .rotatedMNISTOriginal, training: 3, validation: 2, test: 2)
      let data = try configuration.load(folder: folder.path)
      #expect(data.training.labels == [0, 1, 2] && data.validation.labels == [3, 4] && data.test.labels == [6, 7])
    }
  }

  @Test(arguments: [DataConfiguration.Kind.mnist, .rotatedMNIST, .rotatedMNISTOriginal])
  func filesThatAreNotThereAreNamed(_ kind: DataConfiguration.Kind) throws {
    try Samples.withFolder { folder in
      do {
        _ = try DataConfiguration(kind: kind).load(folder: folder.path)
        Issue.record("no error")
      } catch {
        #expect("\(error)".contains(folder.lastPathComponent) && "\(error)".contains("get "), "\(error)")
      }
    }
  }

  @Test(.enabled(if: TestData.mnist != nil, "\(TestData.mnistIsAbsent)")) func moreDigitsThanThereAre() throws {
    try Samples.withFolder { folder in
      // A pool of images that is too small for the numbers asked for, here given without the checks of a file.
      let configuration = DataConfiguration(kind: .mnist, training: 60_000, validation: 10, test: 10)
      #expect(throws: DatasetError.self) { _ = try configuration.load(folder: TestData.mnist?.path) }
    }
  }
}

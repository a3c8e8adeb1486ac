import Datasets
import Foundation
import Interchange
import TestSupport
import Testing

/// MiraBest and FR-DEEP as they are published.
@Suite(.enabled(if: TestData.miraBest != nil, "\(TestData.miraBestIsAbsent)"))
struct MiraBestFilesTests {
  private static let folder = TestData.miraBest ?? URL(filePath: "/")
  private static let full = Result { try MiraBest.load(.full, from: folder) }
  private static let confident = Result { try MiraBest.load(.confident, from: folder) }

  @Test func allClassesHaveTheirPublishedCounts() throws {
    let (training, test) = try Self.full.get()
    #expect(training.count == 1099 && test.count == 157)
    let counts = zip(training.classCounts, test.classCounts).map { $0 + $1 }
    #expect(counts == [339, 49, 9, 191, 3, 432, 4, 195, 19, 15])
    #expect(training.classNames == MiraBest.codes && training.imageShape == MiraBest.imageShape)
  }

  @Test func theConfidentSourcesAreThoseOfTheStudy() throws {
    let (training, test) = try Self.confident.get()
    #expect(training.classCounts == [348, 381] && test.classCounts == [49, 55])
    let all = try training.appending(test).statistics
    #expect(abs(all.mean[0] - 0.0031) < 5e-5 && abs(all.standardDeviation[0] - 0.0350) < 5e-5)
    // The first fifth of the training images, as the study validates.
    #expect(training.prefix(145).classCounts == [90, 55])
    #expect(training.subset(Array(145..<729)).classCounts == [258, 326])
    // Sums of pixels, from NumPy.
    func sum(_ data: ImageDataset, _ index: Int) -> Int {
      Int((data.image(index).reduce(0.0) { $0 + Double($1) } * 255).rounded())
    }
    let sums: [Int] = [sum(training, 0), sum(training, 145), sum(test, 103)]
    #expect(sums == [33_604, 27_541, 14_546] as [Int])
  }

  @Test func selectionsDivideTheSources() throws {
    var images = 0
    for selection in [MiraBest.Selection.confident, .uncertain, .hybrid] {
      let (training, test) = try MiraBest.load(selection, from: Self.folder)
      #expect(training.count == selection.counts[.training] && test.count == selection.counts[.test])
      images += training.count + test.count
    }
    #expect(images == 1256)
  }

  @Test func arraysHoldTheSameImages() throws {
    try Fixtures.withFolder { folder in
      let name = "mirabest_full.npz"
      try #require(FileManager.default.fileExists(atPath: Self.folder.appending(path: name).path))
      try FileManager.default.createSymbolicLink(
        at: folder.appending(path: name), withDestinationURL: Self.folder.appending(path: name))
      let (training, test) = try MiraBest.load(.confident, from: folder)
      let expected = try Self.confident.get()
      #expect(training == expected.training && test == expected.test)
      #expect(try MiraBest.release(in: folder)?.path.hasSuffix(name) == true)
    }
  }

  @Test func unpackedFilesHoldTheSameImages() throws {
    try Fixtures.withFolder { folder in
      let archive = try TarReader(Self.folder.appending(path: "MiraBest_full_batches.tar.gz"))
      try FileManager.default.createDirectory(
        at: folder.appending(path: "batches"), withIntermediateDirectories: true)
      while let entry = try archive.next() {
        if entry.isFile { try Data(archive.contents()).write(to: folder.appending(path: entry.name)) }
      }
      let (training, test) = try MiraBest.load(.full, from: folder)
      let expected = try Self.full.get()
      #expect(training == expected.training && test == expected.test)
    }
  }

  @Test func theCenterIsCutOutAndPadded() throws {
    let (training, _) = try MiraBest.load(.confident, crop: 51, padding: 1, from: Self.folder)
    let whole = try Self.confident.get().training
    #expect(training.imageShape == ImageShape(height: 52, width: 52))
    // A margin of 49.5 pixels becomes 50 above and at the left.
    for index in [0, 144, 728] {
      let (small, large) = (training.image(index), whole.image(index))
      for row in 0..<52 {
        for column in 0..<52 {
          let expected = row < 51 && column < 51 ? large[(row + 50) * 150 + column + 50] : 0
          #expect(small[row * 52 + column] == expected)
        }
      }
    }
  }

  @Test func anUnknownReleaseIsNotedNotRefused() throws {
    let release = try #require(try MiraBest.release(in: Self.folder))
    #expect(release.checksum?.count == 32 && release.path.hasSuffix("MiraBest_full_batches.tar.gz"))
    #expect(release.description.contains(release.name ?? "not on record"))
  }

  @Test func theBatchesOf2019() throws {
    try #require(
      FileManager.default.fileExists(atPath: Self.folder.appending(path: "mirabest_2019_batches.tar.gz").path))
    let (training, test) = try MiraBest2019.load(from: Self.folder)
    #expect(training.classCounts == [312, 392] && test.classCounts == [39, 49])
    let found = training.statistics
    #expect(abs(found.mean[0] - MiraBest2019.statistics.mean[0]) < 5e-5)
    #expect(abs(found.standardDeviation[0] - MiraBest2019.statistics.standardDeviation[0]) < 5e-5)
  }
}

@Suite(.enabled(if: TestData.frdeep != nil, "\(TestData.frdeepIsAbsent)"))
struct FRDEEPFilesTests {
  @Test(arguments: FRDEEP.Survey.allCases) func bothSurveysHaveTheSameSources(_ survey: FRDEEP.Survey) throws {
    let folder = try #require(TestData.frdeep)
    let (training, test) = try FRDEEP.load(survey, from: folder)
    #expect(training.classCounts == [242, 308] && test.classCounts == [22, 28])
    let found = training.statistics
    #expect(abs(found.mean[0] - survey.statistics.mean[0]) < 5e-5)
    #expect(abs(found.standardDeviation[0] - survey.statistics.standardDeviation[0]) < 5e-5)
    if survey == .first {
      #expect(abs(found.mean[0] - 0.00193) < 5e-6 && abs(found.standardDeviation[0] - 0.02701) < 5e-6)
    }
    #expect(try FRDEEP.release(of: survey, in: folder)?.name == "the published release")
  }
}

/// The formats, on small files.
struct PickledBatchesTests {
  @Test func batchesAreReadInTheirOrder() throws {
    try Fixtures.withFolder { folder in
      var files = PickledGalaxies.miraBest
      files["data_batch_3"] = PickledGalaxies.batch("training batch 3 of 7", labels: [5, 0, 6, 9, 1, 7, 8, 2, 3, 4])
      // Any order in the archive, and a copy in a hidden folder that does not count.
      var members = files.sorted { $0.key > $1.key }.map { (name: "batches/\($0.key)", bytes: $0.value) }
      members.insert(("batches/.ipynb_checkpoints/data_batch_1", Array("junk".utf8)), at: 0)
      try Data(PickledGalaxies.tar(members)).write(to: folder.appending(path: "MiraBest_full_batches.tar.gz"))
      let (training, test) = try MiraBest.load(.confident, from: folder)
      let order = [0, 0, 0, 1, 1]
      #expect(training.labels == order + order + [1, 0, 1, 0, 0] + order + order + order + order)
      #expect(test.labels == [0, 0, 0, 1, 1])
      // Each image holds its published label.
      #expect(training.images[22_500 * 10] == Float(5) / 255 && training.images[22_500 * 11] == 0)
    }
  }

  @Test(arguments: [UInt64(0), 1]) func stratifiedPartsKeepTheShares(_ seed: UInt64) {
    let data = Fixtures.numbered(100, classes: 3)
    let (first, second) = data.stratified(count: 31, seed: seed)
    #expect(first.count == 31 && second.count == 69)
    for (part, all) in zip(first.classCounts, data.classCounts) { #expect(abs(part * 100 - all * 31) < 100) }
    #expect(data.stratified(count: 31, seed: seed).first == first)
    #expect(data.stratified(count: 31, seed: seed + 1).first != first)
    #expect(data.stratified(count: 0, seed: 0).second == data && data.stratified(count: 100, seed: 0).first == data)
  }

  @Test func augmentedImagesFollowSeedAndEpoch() {
    let data = Fixtures.numbered(6)
    let turning = Augmentation([.rotation(maximumDegrees: 180)])
    let once = data.augmented(by: turning, seed: 3, epoch: 1)
    #expect(once == data.augmented(by: turning, seed: 3, epoch: 1))
    #expect(once != data.augmented(by: turning, seed: 3, epoch: 2) && once != data)
    #expect(data.augmented(by: .none, seed: 3, epoch: 1) == data)
  }
}

import Datasets
import Foundation
import Tensors
import Testing

@Suite struct BatchingTests {
  private func all(_ batches: inout Batches) -> [[Int]] {
    var result: [[Int]] = []
    while let batch = batches.next() { result.append(batch.indices) }
    return result
  }

  @Test func coverage() {
    var batches = Batches(count: 10, batchSize: 4, seed: 1)
    #expect(batches.batchesPerEpoch == 3)
    let first = all(&batches)
    let second = all(&batches)
    #expect(first.map(\.count) == [4, 4, 2])
    #expect(first.flatMap { $0 }.sorted() == Array(0..<10))
    #expect(second.flatMap { $0 }.sorted() == Array(0..<10))
    #expect(first != second)
    var again = Batches(count: 10, batchSize: 4, seed: 1)
    #expect(all(&again) == first)
    var whole = Batches(count: 10, batchSize: 4, dropsLast: true, seed: 1)
    #expect(all(&whole).map(\.count) == [4, 4])
    var plain = Batches(count: 5, batchSize: 2, isShuffled: false, seed: 1)
    #expect(all(&plain) == [[0, 1], [2, 3], [4]])
  }

  @Test(arguments: 0..<9) func resume(steps: Int) throws {
    var original = Batches(count: 11, batchSize: 4, seed: 3)
    for _ in 0..<steps { _ = original.next() }
    let saved = try JSONDecoder().decode(BatchPosition.self, from: try JSONEncoder().encode(original.position))
    var resumed = Batches(count: 11, batchSize: 4, seed: 999)
    try resumed.restore(saved)
    for _ in 0..<10 {
      let (a, b) = (original.next(), resumed.next())
      #expect(a == b)
      #expect(original.position == resumed.position)
    }
  }

  @Test func wrongPositions() {
    var batches = Batches(count: 11, batchSize: 4, seed: 3)
    expectDatasetError("batch 7 of epoch 0, but an epoch has 3 batches") {
      try batches.restore(BatchPosition(epoch: 0, batch: 7, generatorState: 1))
    }
    expectDatasetError("of epoch -1") { try batches.restore(BatchPosition(epoch: -1, batch: 0, generatorState: 1)) }
  }

  private let everything = Augmentation(
    [
      .rotation(maximumDegrees: 180), .quarterTurns, .horizontalFlip(probability: 0.5), .verticalFlip(probability: 0.5),
      .crop(padding: 2),
    ], background: 0.5)

  @Test func augmentationDependsOnImageAndEpochOnly() {
    let data = Fixtures.numbered(6)
    func changed(_ indices: [Int], epoch: Int, seed: UInt64 = 1) -> [[Float]] {
      var values = data.gathered(indices)
      everything.apply(to: &values, imageShape: data.imageShape, indices: indices, seed: seed, epoch: epoch)
      return indices.indices.map { Array(values[($0 * 25)..<(($0 + 1) * 25)]) }
    }
    let together = changed([0, 1, 2, 3], epoch: 2)
    #expect(changed([3], epoch: 2)[0] == together[3])
    #expect(changed([2, 0], epoch: 2) == [together[2], together[0]])
    #expect(changed([3], epoch: 3)[0] != together[3])
    #expect(changed([3], epoch: 2, seed: 2)[0] != together[3])
  }

  @Test func eachStep() {
    let data = Fixtures.numbered(200)
    func changed(_ steps: [Augmentation.Step], background: Float = -1) -> [[Float]] {
      var values = data.images
      Augmentation(steps, background: background).apply(
        to: &values, imageShape: data.imageShape, indices: Array(0..<200), seed: 1, epoch: 0)
      return (0..<200).map { Array(values[($0 * 25)..<(($0 + 1) * 25)]) }
    }
    #expect(changed([]) == (0..<200).map { data.image($0) })
    let flipped = changed([.horizontalFlip(probability: 1)])
    #expect(flipped[0].prefix(5) == [0.04, 0.03, 0.02, 0.01, 0])
    #expect(changed([.verticalFlip(probability: 1)])[0].prefix(5) == data.image(0).suffix(5))
    let count = changed([.horizontalFlip(probability: 0.5)]).enumerated().count { $1 != data.image($0) }
    #expect((70...130).contains(count))
    let turns = changed([.quarterTurns])
    var seen = [0, 0, 0, 0]
    for index in 0..<200 {
      let turn = (0..<4).first {
        rotated(data.image(index), imageShape: data.imageShape, byDegrees: 90 * Double($0)) == turns[index]
      }
      if let turn { seen[turn] += 1 }
    }
    #expect(seen.reduce(0, +) == 200 && seen.allSatisfy { $0 > 25 })
    // Cropping shifts: the center value of the original stays in the image, at most 1 from its place.
    for (index, image) in changed([.crop(padding: 1)]).enumerated() {
      let place = image.firstIndex(of: data.image(index)[12])
      #expect([6, 7, 8, 11, 12, 13, 16, 17, 18].contains(place))
      #expect(image.count { $0 == -1 } <= 9)
    }
    let still = changed([.rotation(maximumDegrees: 0)])
    #expect(still == (0..<200).map { data.image($0) })
  }

  @Test(arguments: [0, 1, 3]) func prefetchingEqualsLoading(depth: Int) throws {
    let data = Fixtures.numbered(23)
    func loader(_ depth: Int) -> PrefetchingLoader {
      PrefetchingLoader(
        data, batches: Batches(count: 23, batchSize: 5, seed: 7), augmentation: everything,
        normalization: data.statistics,
        depth: depth)
    }
    let reference = loader(0)
    let prefetching = loader(depth)
    for _ in 0..<3 {
      let expected = Array(reference)
      #expect(expected.count == 5)
      #expect(Array(prefetching) == expected)
      #expect(prefetching.position == reference.position)
    }
  }

  @Test func loaderResumesInTheMiddle() throws {
    let data = Fixtures.numbered(23)
    func loader(seed: UInt64) -> PrefetchingLoader {
      PrefetchingLoader(
        data, batches: Batches(count: 23, batchSize: 5, seed: seed), augmentation: everything, depth: 2)
    }
    let original = loader(seed: 7)
    for _ in 0..<8 { _ = original.next() }
    let saved = original.position
    let rest = Array(original)
    let resumed = loader(seed: 1)
    _ = resumed.next()
    try resumed.restore(saved)
    #expect(Array(resumed) == rest)
    try original.restore(saved)
    #expect(Array(original) == rest)
    #expect(rest.first?.images().shape == [5, 1, 5, 5])
    #expect(rest.first?.labels().scalars(as: Int.self) == rest.first?.classLabels)
    expectDatasetError("an epoch has 5 batches") {
      try original.restore(BatchPosition(epoch: 0, batch: 6, generatorState: 0))
    }
  }
}

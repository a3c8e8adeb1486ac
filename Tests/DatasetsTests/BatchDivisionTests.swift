import Datasets
import Testing

@Suite struct BatchDivisionTests {
  @Test(arguments: [1, 2, 3, 8], [1, 2, 3]) func piecesCoverTheBatchOnce(parts: Int, ranks: Int) {
    for count in ranks...40 {
      let pieces = (0..<ranks).map { BatchDivision(parts: parts, rank: $0, ranks: ranks).pieces(of: count) }
      #expect(Set(pieces.map(\.count)) == [min(parts, count / ranks)])
      for index in pieces[0].indices {
        let shares = pieces.map { $0[index] }
        #expect(Set(shares.map(\.part)).count == 1)
        #expect(shares.flatMap { Array($0.images) } == Array(shares[0].part))
        #expect(shares.allSatisfy { !$0.images.isEmpty })
      }
      #expect(pieces[0].flatMap { Array($0.part) } == Array(0..<count))
    }
  }

  @Test func loadedPartsAreThoseOfTheWholeBatch() throws {
    let dataset = try RadioGalaxySimulator().dataset(count: 7, seed: 1)
    func load(_ division: BatchDivision) -> LoadedBatch? {
      PrefetchingLoader(
        dataset, batches: Batches(count: 7, batchSize: 7, seed: 3),
        augmentation: Augmentation([.horizontalFlip(probability: 0.5), .crop(padding: 2)]), division: division, depth: 0
      ).next()
    }
    let whole = try #require(load(.none))
    var found: [Int: [LoadedBatch]] = [:]
    for rank in 0..<2 {
      let batch = try #require(load(BatchDivision(parts: 2, rank: rank, ranks: 2)))
      #expect(batch.total == 7 && batch.parts.flatMap(\.values) == batch.values)
      for (index, part) in batch.parts.enumerated() { found[index, default: []].append(part) }
    }
    let ordered = [0, 1].flatMap { found[$0] ?? [] }
    #expect(ordered.flatMap(\.indices) == whole.indices)
    #expect(ordered.flatMap(\.values) == whole.values)
    #expect(ordered.flatMap(\.classLabels) == whole.classLabels)
  }
}

import Datasets
import Testing

@Suite struct RandomTests {
  @Test func fixedNumbers() {
    // Pinned: data sets of a seed must never change.
    var rng = SeededGenerator(seed: 1)
    var pinned = SeededGenerator(seed: 2007)
    #expect([pinned.next(), pinned.next()] == [16_138_161_818_614_673_438, 12_274_464_679_279_429_475])
    var stream = SeededGenerator(seed: 2007, stream: 3, 5)
    #expect(stream.next() == 7_658_339_576_008_027_719)
    #expect(stream.permutation(8) == [3, 2, 1, 0, 4, 5, 7, 6])
    let first = (0..<3).map { _ in rng.next() }
    var again = SeededGenerator(seed: 1)
    #expect(first == (0..<3).map { _ in again.next() })
    var other = SeededGenerator(seed: 1, stream: 0)
    var further = SeededGenerator(seed: 1, stream: 0, 0)
    let numbers: Set<UInt64> = [first[0], other.next(), further.next()]
    #expect(numbers.count == 3)
  }

  @Test func distributions() {
    var rng = SeededGenerator(seed: 5)
    let count = 20_000
    let normals = (0..<count).map { _ in rng.normal() }
    let mean = normals.reduce(0, +) / Double(count)
    let variance = normals.reduce(0) { $0 + $1 * $1 } / Double(count)
    #expect(abs(mean) < 0.03)
    #expect(abs(variance - 1) < 0.05)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<count { counts[rng.integer(below: 7)] += 1 }
    #expect(counts.allSatisfy { abs(Double($0) - Double(count) / 7) < 250 })
    #expect(rng.permutation(100).sorted() == Array(0..<100))
    #expect(rng.permutation(0).isEmpty)
  }

  @Test func stateRestores() {
    var rng = SeededGenerator(seed: 9)
    for _ in 0..<10 { _ = rng.next() }
    var copy = rng
    #expect(rng.next() == copy.next())
    #expect(rng.state == copy.state)
  }
}

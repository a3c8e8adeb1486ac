import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct MNIST6Tests {
  @Test(.enabled(if: TestData.mnist != nil, "\(TestData.mnistIsAbsent)"))
  func pairsAreChangedCopies() throws {
    let folder = try #require(TestData.mnist)
    for change in [MNIST6.Change.halfTurn, .mirror] {
      let test = try MNIST6.load(.test, change: change, from: folder)
      #expect(test.count == MNIST6.counts.test)
      #expect(test.classCounts == [958, 958])
      for pair in [0, 7, 500] {
        let six = test.image(2 * pair)
        let copy = test.image(2 * pair + 1)
        #expect(test.labels[2 * pair] == 0 && test.labels[2 * pair + 1] == 1)
        let expected = (0..<784).map { index -> Float in
          let (row, column) = (index / 28, index % 28)
          return change == .mirror ? six[row * 28 + 27 - column] : six[(27 - row) * 28 + 27 - column]
        }
        #expect(copy == expected)
      }
    }
  }

  @Test(.enabled(if: TestData.mnist != nil, "\(TestData.mnistIsAbsent)"))
  func rotatedSixesAreCopiedAfterTheyWereRotated() throws {
    let folder = try #require(TestData.mnist)
    let upright = try MNIST6.load(.test, change: .halfTurn, from: folder)
    let rotated = try MNIST6.load(.test, change: .halfTurn, rotation: 60, seed: 3, from: folder)
    let again = try MNIST6.load(.test, change: .halfTurn, rotation: 60, seed: 3, from: folder)
    #expect(rotated == again)
    #expect(rotated.image(0) != upright.image(0))
    #expect(rotated.image(1) == Array(rotated.image(0).reversed()))
  }

  @Test(.enabled(if: TestData.mnist != nil, "\(TestData.mnistIsAbsent)"))
  func thereAreAsManyAsPublished() throws {
    let folder = try #require(TestData.mnist)
    #expect(try MNIST6.load(.training, change: .mirror, from: folder).count == MNIST6.counts.training)
  }
}

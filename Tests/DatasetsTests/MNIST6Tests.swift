import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct MNIST6Tests {
  static let folder = Checkout.shared.appending(path: "data/mnist")

  static var hasFiles: Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "t10k-images-idx3-ubyte.gz").path)
  }

  @Test(.enabled(if: hasFiles, "the files of MNIST are not in ../shared/data/mnist"))
  func pairsAreChangedCopies() throws {
    for change in [MNIST6.Change.halfTurn, .mirror] {
      let test = try MNIST6.load(.test, change: change, from: Self.folder)
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

  @Test(.enabled(if: hasFiles, "the files of MNIST are not in ../shared/data/mnist"))
  func rotatedSixesAreCopiedAfterTheyWereRotated() throws {
    let upright = try MNIST6.load(.test, change: .halfTurn, from: Self.folder)
    let rotated = try MNIST6.load(.test, change: .halfTurn, rotation: 60, seed: 3, from: Self.folder)
    let again = try MNIST6.load(.test, change: .halfTurn, rotation: 60, seed: 3, from: Self.folder)
    #expect(rotated == again)
    #expect(rotated.image(0) != upright.image(0))
    #expect(rotated.image(1) == Array(rotated.image(0).reversed()))
  }

  @Test(.enabled(if: hasFiles, "the files of MNIST are not in ../shared/data/mnist"))
  func thereAreAsManyAsPublished() throws {
    #expect(try MNIST6.load(.training, change: .mirror, from: Self.folder).count == MNIST6.counts.training)
  }
}

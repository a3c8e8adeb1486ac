import Datasets
import Foundation
import Homogenization
import Tensors
import Testing

@Suite struct CellAugmentationTests {
  static let steps: [[CellAugmentation.Step]] = [
    [.verticalFlip(probability: 1)], [.horizontalFlip(probability: 1)], [.transposition(probability: 1)],
    [.halfTurn(probability: 1)], [.quarterTurns], [.roll], [.verticalFlip()],
    [.roll, .quarterTurns, .horizontalFlip()], [.transposition(), .roll, .verticalFlip(), .roll, .quarterTurns],
  ]
  private static let side = 8

  /// Anisotropic cells with their tensors, made once.
  private static let cells: RegressionDataset = {
    do {
      let generator = try MetamaterialGenerator(side: side, volumeFraction: 0.4...0.8)
      return try RegressionDataset(name: "cells", cells: generator.cells(count: 10, seed: 5))
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// What the homogenizer says of a changed image is the changed tensor.
  @Test(arguments: steps) func theTensorFollowsTheImage(steps: [CellAugmentation.Step]) throws {
    let homogenizer = Homogenizer(height: Self.side, width: Self.side)
    var (images, targets) = (Self.cells.images, Self.cells.targets)
    let indices = Array(0..<Self.cells.count)
    CellAugmentation(steps).apply(
      to: &images, targets: &targets, imageShape: Self.cells.imageShape, indices: indices, seed: 1, epoch: 2)
    #expect(images != Self.cells.images)
    for index in indices {
      let pixels = images[(index * 64)..<((index + 1) * 64)].map(Double.init)
      let tensor = try homogenizer(UnitCell(height: Self.side, width: Self.side, densities: pixels))
      let claimed = ElasticityTensor(components: targets[(6 * index)..<(6 * index + 6)].map(Double.init))
      // Targets are 32-bit floats.
      #expect(tensor.distance(to: claimed) < 1e-7)
    }
  }

  @Test func withoutTheTensorTheLawFails() throws {
    let homogenizer = Homogenizer(height: Self.side, width: Self.side)
    var (images, targets) = (Self.cells.images, Self.cells.targets)
    CellAugmentation([.verticalFlip(probability: 1)]).apply(
      to: &images, targets: &targets, imageShape: Self.cells.imageShape, indices: Array(0..<10), seed: 1, epoch: 0)
    let tensor = try homogenizer(
      UnitCell(height: Self.side, width: Self.side, densities: images[0..<64].map(Double.init)))
    let old = ElasticityTensor(components: Self.cells.target(0).map(Double.init))
    #expect(tensor.distance(to: old) > 1e-3)
  }

  @Test func changesDependOnSeedEpochAndIndexAlone() {
    let steps = CellAugmentation.all
    let whole = Self.cells.batch(indices: [0, 1, 2, 3], augmentation: steps, seed: 7, epoch: 1)
    let part = Self.cells.batch(indices: [2], augmentation: steps, seed: 7, epoch: 1)
    #expect(
      Array(whole.images.scalars(as: Float.self)[128..<192]) == part.images.scalars(as: Float.self))
    #expect(Array(whole.targets.scalars(as: Float.self)[12..<18]) == part.targets.scalars(as: Float.self))
    let later = Self.cells.batch(indices: [2], augmentation: steps, seed: 7, epoch: 2)
    #expect(later.images.scalars(as: Float.self) != part.images.scalars(as: Float.self))
    let none = Self.cells.batch(indices: [2], augmentation: .none, seed: 7, epoch: 1)
    #expect(none.images.scalars(as: Float.self) == Self.cells.image(2))
  }

  @Test func everyChangeOccursEquallyOften() {
    // All eight symmetries of one image without symmetry of its own.
    let shape = ImageShape(height: 2, width: 2)
    var images = Array(repeatElement([Float(1), 2, 3, 4], count: 8000).joined())
    var targets = [Float](repeating: 0, count: 6 * 8000)
    CellAugmentation([.quarterTurns, .horizontalFlip()]).apply(
      to: &images, targets: &targets, imageShape: shape, indices: Array(0..<8000), seed: 3, epoch: 0)
    let counts = stride(from: 0, to: images.count, by: 4).reduce(into: [[Float]: Int]()) {
      $0[Array(images[$1..<($1 + 4)]), default: 0] += 1
    }
    #expect(counts.count == 8)
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 150 })
  }

  @Test func wrongUseTraps() async {
    await #expect(processExitsWith: .failure) { _ = CellAugmentation([.verticalFlip(probability: 2)]) }
    await #expect(processExitsWith: .failure) {
      var (images, targets) = ([Float](repeating: 0, count: 6), [Float](repeating: 0, count: 6))
      CellAugmentation([.transposition(probability: 1)]).apply(
        to: &images, targets: &targets, imageShape: ImageShape(height: 2, width: 3), indices: [0], seed: 0, epoch: 0)
    }
  }
}

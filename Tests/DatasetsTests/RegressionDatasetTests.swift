import Datasets
import Tensors
import Testing

@Suite struct RegressionDatasetTests {
  /// Images and targets that tell their number.
  static func numbered(_ count: Int) throws -> RegressionDataset {
    try RegressionDataset(
      name: "numbered", images: (0..<(count * 6)).map(Float.init), targets: (0..<(count * 2)).map { Float($0) / 2 },
      targetNames: ["a", "b"], imageShape: ImageShape(height: 2, width: 3))
  }

  @Test func subsetsKeepImagesAndTargetsTogether() throws {
    let data = try Self.numbered(5)
    let part = data.subset([4, 1, 1])
    #expect(part.count == 3 && part.targets == [4, 4.5, 1, 1.5, 1, 1.5])
    #expect(part.image(0) == [24, 25, 26, 27, 28, 29] && part.target(2) == [1, 1.5])
    #expect(data.prefix(2).targets == [0, 0.5, 1, 1.5])
    #expect(try data.prefix(2).appending(data.subset([2, 3, 4])) == data)
  }

  @Test func splitsDivideWithoutRest() throws {
    let data = try Self.numbered(40)
    let (first, second) = data.split(fraction: 0.8, seed: 3)
    #expect(first.count == 32 && second.count == 8)
    let numbers = (first.targets + second.targets).filter { $0 == $0.rounded() }.sorted()
    #expect(numbers == (0..<40).map(Float.init))
    #expect(data.split(fraction: 0.8, seed: 3).first == first)
    #expect(data.split(fraction: 0.8, seed: 4).first != first)
  }

  @Test func batchesAreTensors() throws {
    let (images, targets) = try Self.numbered(4).batch(indices: [3, 0])
    #expect(images.shape == [2, 1, 2, 3] && targets.shape == [2, 2])
    #expect(targets.scalars(as: Float.self) == [3, 3.5, 0, 0.5])
    #expect(images.scalars(as: Float.self).first == 18)
  }

  @Test func wrongPartsAreErrors() {
    let shape = ImageShape(height: 2, width: 3)
    func make(_ images: [Float], _ targets: [Float], _ names: [String] = ["a"]) throws -> RegressionDataset {
      try RegressionDataset(name: "n", images: images, targets: targets, targetNames: names, imageShape: shape)
    }
    let image = [Float](repeating: 0, count: 6)
    expectDatasetError("no whole number of 1×2×3") { _ = try make([0, 0], [1]) }
    expectDatasetError("2 targets for 1 images with 1 each; expected 1") { _ = try make(image, [1, 2]) }
    expectDatasetError("no targets") { _ = try make(image, [], []) }
    expectDatasetError("a of image 0 is nan") { _ = try make(image, [.nan]) }
    expectDatasetError("image 1 holds the value inf") { _ = try make(image + [0, .infinity, 0, 0, 0, 0], [1, 2]) }
    expectDatasetError("expected equal sizes and targets") {
      _ = try make(image, [1]).appending(make(image, [1, 2], ["a", "b"]))
    }
  }
}

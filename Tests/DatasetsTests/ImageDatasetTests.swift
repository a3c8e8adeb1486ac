import Datasets
import Tensors
import Testing

@Suite struct ImageDatasetTests {
  @Test func wrongParts() {
    let shape = ImageShape(height: 2, width: 2)
    expectDatasetError("x: 3 values for 1 labels of 1×2×2 images; expected 4") {
      _ = try ImageDataset(name: "x", images: [1, 2, 3], labels: [0], classNames: ["a"], imageShape: shape)
    }
    expectDatasetError("x: image 0 has the label 1; expected 0 to 0") {
      _ = try ImageDataset(name: "x", images: [1, 2, 3, 4], labels: [1], classNames: ["a"], imageShape: shape)
    }
    expectDatasetError("x: image 0 holds the value nan; expected finite numbers") {
      _ = try ImageDataset(name: "x", images: [1, .nan, 3, 4], labels: [0], classNames: ["a"], imageShape: shape)
    }
  }

  @Test func subsetsAndBatches() throws {
    let data = Fixtures.numbered(10, channels: 2, height: 3, width: 4)
    let part = data.subset([7, 2, 2])
    #expect(part.labels == [1, 2, 2])
    #expect(part.image(1) == data.image(2) && part.image(0) == data.image(7))
    let (images, labels) = data.batch(indices: [7, 2, 2])
    #expect(images.shape == [3, 2, 3, 4] && images.dtype == .float32)
    #expect(labels.shape == [3] && labels.dtype == .int64)
    #expect(images.scalars(as: Float.self) == part.images)
    #expect(labels.scalars(as: Int.self) == [1, 2, 2])
    #expect(try data.prefix(4).appending(data.subset([4, 5, 6, 7, 8, 9])).images == data.images)
    expectDatasetError("expected equal sizes and classes") { _ = try data.appending(Fixtures.numbered(3)) }
  }

  @Test func stratifiedSplit() {
    let data = Fixtures.numbered(101, classes: 3)
    let (first, second) = data.split(fraction: 0.2, seed: 4)
    #expect(first.classCounts == [7, 7, 7])
    #expect(second.classCounts == [27, 27, 26])
    #expect((first.images + second.images).sorted() == data.images.sorted())
    #expect(data.split(fraction: 0.2, seed: 4).first == first)
    #expect(data.split(fraction: 0.2, seed: 5).first != first)
    #expect(data.split(fraction: 1, seed: 1).first == data)
  }

  @Test func statistics() throws {
    let data = try ImageDataset(
      name: "x", images: [1, 3, 10, 10, 5, 7, 10, 10], labels: [0, 0], classNames: ["a"],
      imageShape: ImageShape(channels: 2, height: 1, width: 2))
    let statistics = data.statistics
    #expect(statistics.mean == [4, 10])
    #expect(abs(statistics.standardDeviation[0] - 5.0.squareRoot()) < 1e-12)
    #expect(statistics.standardDeviation[1] == 1)
    let after = data.normalized(by: statistics).statistics
    #expect(abs(after.mean[0]) < 1e-6 && abs(after.standardDeviation[0] - 1) < 1e-6)
  }

  @Test func padding() {
    let data = Fixtures.numbered(2, channels: 2, height: 2, width: 2)
    let padded = data.padded(bottom: 1, right: 1, value: -1)
    #expect(padded.imageShape == ImageShape(channels: 2, height: 3, width: 3))
    #expect(padded.image(0).prefix(9) == [0, 0.01, -1, 0.02, 0.03, -1, -1, -1, -1])
  }
}

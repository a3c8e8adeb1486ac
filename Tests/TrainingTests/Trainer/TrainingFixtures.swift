import Datasets
import Foundation
import Layers
import Tensors
import Training

/// A small network with everything that has state: weights, running statistics and a generator.
final class StripeNet: Module, Classifier {
  let conv: Conv2D
  let norm: BatchNorm2D?
  let dropout: Dropout
  let head: Linear

  init(seed: UInt64, width: Int = 6, hasNorm: Bool = true) {
    var rng = Generator(seed: seed)
    conv = Conv2D(from: 1, to: width, kernelSize: 3, padding: 1, rng: &rng)
    norm = hasNorm ? BatchNorm2D(width) : nil
    dropout = Dropout(probability: 0.1, rng: &rng)
    head = Linear(from: width, to: 2, rng: &rng)
    super.init()
  }

  func callAsFunction(_ images: Tensor) -> Tensor {
    var x = conv(images)
    if let norm { x = norm(x) }
    return head(dropout(x.relu().mean(along: [2, 3])))
  }
}

/// A network with a finite loss and, at its first step, an infinite gradient: the root has no slope at 0.
final class RootNet: Module, Classifier {
  let offset = Parameter(Tensor.zeros([2]))
  let head: Linear

  override init() {
    var rng = Generator(seed: 1)
    head = Linear(from: 1, to: 2, rng: &rng)
    super.init()
  }

  func callAsFunction(_ images: Tensor) -> Tensor { head(images.mean(along: [2, 3])) + offset.value.sqrt() }
}

/// Images of horizontal (class 0) and vertical (class 1) stripes with noise.
func stripes(_ count: Int, seed: UInt64, size: Int = 8) throws -> ImageDataset {
  var rng = SeededGenerator(seed: seed)
  var images: [Float] = []
  var labels: [Int] = []
  for index in 0..<count {
    let label = index % 2
    let phase = rng.integer(below: 4)
    for row in 0..<size {
      for column in 0..<size {
        let line = (label == 0 ? row : column) + phase
        images.append(Float((line / 2 % 2 == 0 ? 1 : 0) + 0.2 * rng.normal()))
      }
    }
    labels.append(label)
  }
  return try ImageDataset(
    name: "stripes", images: images, labels: labels, classNames: ["horizontal", "vertical"],
    imageShape: ImageShape(height: size, width: size))
}

/// Options with everything that could break a resumption; 8 steps in an epoch of 120 images.
func eventfulOptions(epochs: Int = 3, checkpointEvery: Int? = 3) -> TrainingConfiguration {
  TrainingConfiguration(
    epochs: epochs, batchSize: 16, optimizer: OptimizerOptions(kind: .adamw, learningRate: 0.01, weightDecay: 0.01),
    schedule: ScheduleOptions(kind: .cosine, warmupEpochs: 1), gradientClip: 1, labelSmoothing: 0.05,
    augmentation: AugmentationOptions(rotation: 5, flips: true, crop: 1), checkpointEvery: checkpointEvery,
    averageDecay: 0.9, threads: 1)
}

/// The metrics of a run without the times.
func metrics(_ folder: URL) throws -> [[String: String]] {
  let text = try String(contentsOf: folder.appendingPathComponent("metrics.jsonl"), encoding: .utf8)
  return try text.split(separator: "\n").map { line in
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    return object.filter { $0.key != "seconds" }.mapValues { "\($0)" }
  }
}

/// The contents of all files below a folder.
func contents(_ folder: URL) throws -> [String: Data] {
  var result: [String: Data] = [:]
  for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
    let url = folder.appendingPathComponent(path)
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory), isDirectory.boolValue { continue }
    result[path] = try Data(contentsOf: url)
  }
  return result
}

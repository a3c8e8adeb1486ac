internal import Datasets
internal import Foundation
internal import Layers
internal import Tensors
internal import Training

/// What one run of the study found.
public struct PartialStudyRun: Codable, Sendable {
  /// What one layer has learned.
  public struct Support: Codable, Sendable {
    /// The layer.
    public let layer: String
    /// θ in units of half a turn each way; then the probability of reflections, for E(2).
    public let values: [Double]

    package init(layer: String, values: [Double]) {
      self.layer = layer
      self.values = values
    }
  }

  /// How sure the network is that turned sixes are sixes.
  public struct Turned: Codable, Sendable {
    /// The angle in degrees, counter-clockwise.
    public let degrees: Double
    /// The mean probability of the class "6".
    public let mean: Double
    /// The probability that a tenth of the images stay below.
    public let low: Double
    /// The probability that a tenth of the images exceed.
    public let high: Double
  }

  /// The share of test images classified correctly.
  public let accuracy: Double
  /// The mean cross entropy of the test images.
  public let loss: Double
  /// The number of test images.
  public let images: Int
  /// How many numbers are trained.
  public let parameters: Int
  /// The seconds of training and testing.
  public let seconds: Double
  /// What the layers have learned, from the first to the last; empty for a network that is not partial.
  public let supports: [Support]
  /// The answers to turned sixes, where the task is about them.
  public let turned: [Turned]

  package init(
    accuracy: Double, loss: Double, images: Int, parameters: Int, seconds: Double, supports: [Support] = [],
    turned: [Turned] = []
  ) {
    self.accuracy = accuracy
    self.loss = loss
    self.images = images
    self.parameters = parameters
    self.seconds = seconds
    self.supports = supports
    self.turned = turned
  }

  /// Trains and tests one network; returns nil if it was stopped.
  static func make(
    _ experiment: Experiment, task: PartialStudyTask, data: DatasetSplits, folder: URL, resume: Bool, stop: StopSignal,
    observers: [any TrainingObserver]
  ) throws -> PartialStudyRun? {
    let outcome = try experiment.train(
      data: data, output: folder.path, resume: resume, stop: stop, observers: observers)
    guard let test = outcome.test else { return nil }
    let partial = outcome.model as? PartialClassifier
    return PartialStudyRun(
      accuracy: test.accuracy, loss: test.loss, images: test.count, parameters: outcome.model.parameterCount,
      seconds: outcome.training.seconds,
      supports: partial?.supports.map { Support(layer: layerName($0.name), values: $0.values) } ?? [],
      turned: task == .turnedSixes ? turnedSixes(outcome.model, of: data.test, in: experiment) : [])
  }

  /// A layer as a reader knows it: "blocks.0.conv1.sampler" is the first convolution of block 1.
  static func layerName(_ key: String) -> String {
    let parts = key.split(separator: ".")
    switch (parts.first, parts.count) {
    case ("blocks", 3...): return "block \((Int(parts[1]) ?? 0) + 1), \(parts[2] == "conv1" ? "first" : "second")"
    case ("last", _): return "last"
    case ("sampler", _): return "input"
    default: return parts.dropLast().joined(separator: ".")
    }
  }

  /// The probabilities of "6" for the first sixes of the test images, turned by every angle.
  private static func turnedSixes(
    _ model: any ImageClassifier, of images: ImageDataset, in experiment: Experiment
  ) -> [Turned] {
    let sixes = images.subset(Array(images.labels.indices.filter { images.labels[$0] == 0 }.prefix(100)))
    return stride(from: -180.0, through: 180, by: 15).map { degrees in
      var values = sixes.rotated(byDegrees: degrees).images
      experiment.configuration.data.statistics?.normalize(&values, imageShape: sixes.imageShape)
      let input = Tensor(values, shape: sixes.imageShape.batch(sixes.count))
      let probabilities = model.evaluating {
        withoutGradient { model(input).softmax(along: 1).slice(1, to: 1).flatten().scalars(as: Double.self).sorted() }
      }
      let last = probabilities.count - 1
      return Turned(
        degrees: degrees, mean: probabilities.reduce(0, +) / Double(max(1, probabilities.count)),
        low: probabilities[last / 10], high: probabilities[last - last / 10])
    }
  }
}

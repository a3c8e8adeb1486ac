public import Datasets
internal import EquivariantLayers
internal import Layers
public import Tensors
public import Training

/// Many passes through a network in evaluation mode with dropout left on: samples of what it might have answered.
///
/// **State**: the networks' own random states and modes are as before afterwards; what is drawn depends on the seed alone.
///
/// **Reference**: Gal and Ghahramani, "Dropout as a Bayesian approximation", ICML 2016.
public struct MonteCarloDropout: Hashable, Codable, Sendable {
  /// What an image is told to be after all passes.
  public enum Prediction: String, Codable, Hashable, Sendable, CaseIterable {
    /// The class with the largest mean probability.
    case mean
    /// The class that the last pass alone finds, as the published code computed its accuracy.
    case lastPass = "last-pass"
  }

  /// The number of passes.
  public var passes: Int
  /// The seed of what is dropped.
  public var seed: UInt64

  /// Makes a test; the number of passes is the published one.
  public init(passes: Int = 100, seed: UInt64 = 0) {
    self.passes = max(1, passes)
    self.seed = seed
  }

  /// Makes sure that a network drops something.
  static func check(_ model: Module) throws(ModelError) {
    guard model.modules.contains(where: { $0.dropsAtRandom }) else { throw .noDropout }
  }

  /// Draws samples: runs `body` with a function from images to the probabilities of every pass.
  ///
  /// **Shapes**: the function maps `[N, C, H, W]` to `[passes, N, classes]`.
  ///
  /// **Throws**: `ModelError.noDropout` for a network of which every pass is the same.
  ///
  /// **Complexity**: a `DropoutClassifier` computes everything before its first dropout once an image; any other network
  /// does all of each pass.
  public func sampling<Result>(
    _ model: any ImageClassifier, _ body: ((Tensor) -> Tensor) throws -> Result
  ) throws -> Result {
    try Self.check(model)
    let layers = model.modules.filter { $0.dropsAtRandom }
    let states = model.generators.map(\.state)
    let saved = states.map(\.generator)
    for (index, state) in states.enumerated() { state.generator = Generator(seed: seed &+ UInt64(index)) }
    defer { for (state, generator) in zip(states, saved) { state.generator = generator } }
    return try model.evaluating {
      try withoutGradient {
        for layer in layers { layer.train() }
        return try body { images in probabilities(model, images) }
      }
    }
  }

  private func probabilities(_ model: any ImageClassifier, _ images: Tensor) -> Tensor {
    let count = images.shape[0]
    guard let model = model as? any DropoutClassifier else {
      return Tensor.stacked((0..<passes).map { _ in model(images).to(.float32).softmax(along: 1) })
    }
    let features = model.features(images)
    let copies = features.unsqueeze(0).expand(to: Shape([passes] + features.shape)).contiguous()
    let logits = model.logits(ofFeatures: copies.reshape([passes * count, features.shape[1]])).to(.float32)
    return logits.softmax(along: 1).reshape([passes, count, logits.shape[1]])
  }

  /// Classifies all images by many passes.
  ///
  /// The loss is that of the mean probabilities; nil when it was stopped.
  ///
  /// **Throws**: `ModelError.noDropout`.
  public func evaluate(
    _ model: any ImageClassifier, on dataset: ImageDataset, normalization: ImageStatistics? = nil,
    prediction: Prediction = .mean, batchSize: Int = 64, shouldStop: () -> Bool = { false }
  ) throws -> Evaluation? {
    try evaluations(
      model, on: dataset, normalization: normalization, batchSize: batchSize, shouldStop: shouldStop)?[prediction]
  }

  /// Classifies all images by many passes, the same ones for every rule.
  func evaluations(
    _ model: any ImageClassifier, on dataset: ImageDataset, normalization: ImageStatistics? = nil, batchSize: Int = 64,
    shouldStop: () -> Bool = { false }
  ) throws -> [Prediction: Evaluation]? {
    let classes = dataset.classNames.count
    let none = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    var confusions: [Prediction: [[Int]]] = [:]
    var loss = 0.0
    let device = model.parameters.first?.parameter.value.device ?? .cpu
    let isComplete = try sampling(model) { sample in
      for start in stride(from: 0, to: dataset.count, by: batchSize) {
        if shouldStop() { return false }
        let indices = Array(start..<min(start + batchSize, dataset.count))
        let samples = sample(dataset.normalizedBatch(indices, by: normalization, on: device))
        let mean = samples.mean(along: 0)
        for rule in Prediction.allCases {
          let decisive = rule == .mean ? mean : samples.select(0, index: passes - 1)
          for (index, found) in zip(indices, decisive.argmax(along: 1).scalars(as: Int.self)) {
            confusions[rule, default: none][dataset.labels[index]][found] += 1
          }
        }
        let probabilities = mean.contiguous().scalars(as: Double.self)
        for (row, index) in indices.enumerated() {
          // A class that no pass ever gave any chance would make the loss infinite.
          let chance = probabilities[row * classes + dataset.labels[index]]
          loss -= max(chance, Double(Float.leastNormalMagnitude)).logarithm
        }
      }
      return true
    }
    guard isComplete else { return nil }
    let mean = dataset.count == 0 ? 0 : loss / Double(dataset.count)
    return Dictionary(
      uniqueKeysWithValues: Prediction.allCases.map {
        ($0, Evaluation(loss: mean, confusion: confusions[$0] ?? none, classNames: dataset.classNames))
      })
  }
}

extension Module {
  /// Whether the module itself draws what it drops.
  fileprivate var dropsAtRandom: Bool {
    switch self {
    case let layer as Dropout: layer.probability > 0
    case let layer as PointwiseDropout: layer.probability > 0
    case let layer as FieldDropout: layer.probability > 0
    default: false
    }
  }
}

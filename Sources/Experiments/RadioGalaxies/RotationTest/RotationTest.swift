public import Datasets
internal import EquivariantLayers
internal import Layers
internal import Tensors
internal import Training

/// Asks how sure a network is of each source while the source turns.
///
/// Every image is turned to several angles; at each the network answers many times with dropout on, and the overlap index
/// of the probabilities of the two classes tells how well it can tell them apart.
///
/// Images are turned after normalization, by bilinear interpolation, with zeros (the mean brightness) beyond the border,
/// as in the published code.
///
/// **Units**: degrees, counter-clockwise.
///
/// **Reference**: Scaife and Porter, MNRAS 503 (2021) 2369, section 5.
public struct RotationTest: Hashable, Codable, Sendable {
  /// The angles.
  public var degrees: [Double]
  /// The random passes at each angle.
  public var dropout: MonteCarloDropout
  /// How the answers are compared.
  public var index: OverlapIndex

  /// The angles of the publication: 0, 20, …, 160.
  public static let publishedDegrees = (0..<9).map { 20 * Double($0) }

  /// Makes a test; what is left out is as published.
  public init(
    degrees: [Double] = publishedDegrees, dropout: MonteCarloDropout = MonteCarloDropout(),
    index: OverlapIndex = OverlapIndex()
  ) {
    self.degrees = degrees
    self.dropout = dropout
    self.index = index
  }

  /// Makes sure that a network and images can be tested so.
  static func check(_ model: any ImagePredictor, on dataset: ImageDataset) throws(ModelError) {
    guard dataset.classNames.count == 2 else { throw .notTwoClasses(found: dataset.classNames.count) }
    try MonteCarloDropout.check(model)
  }

  /// Tests a network on all images; nil when it was stopped.
  ///
  /// - Parameters:
  ///   - normalization: What is subtracted from the images, and what they are divided by.
  ///   - progress: Is told how many of the angles are done.
  ///
  /// **Throws**: `ModelError.noDropout`, or `ModelError.notTwoClasses` when the images have more or fewer classes.
  ///
  /// **Complexity**: one deterministic pass for each image and angle, if dropout is in the last layers only.
  public func run(
    _ model: any ImageClassifier, on dataset: ImageDataset, normalization: ImageStatistics? = nil, batchSize: Int = 64,
    shouldStop: () -> Bool = { false }, progress: (Int) -> Void = { _ in }
  ) throws -> RotationTestResult? {
    try Self.check(model, on: dataset)
    let device = model.parameters.first?.parameter.value.device ?? .cpu
    let batches = stride(from: 0, to: dataset.count, by: batchSize).map { start in
      dataset.normalizedBatch(Array(start..<min(start + batchSize, dataset.count)), by: normalization, on: device)
    }
    let upright = model.evaluating {
      withoutGradient {
        batches.flatMap { model($0).to(.float32).softmax(along: 1).contiguous().scalars(as: Double.self) }
      }
    }
    // Probabilities of both classes by source, angle, class and pass.
    var samples = [[[[Double]]]](repeating: [], count: dataset.count)
    let isComplete = try dropout.sampling(model) { sample in
      for (position, angle) in degrees.enumerated() {
        for (number, batch) in batches.enumerated() {
          if shouldStop() { return false }
          let turned = GSpace.rotate(batch, angle: angle * .pi / 180)
          let drawn = sample(turned)
          let count = drawn.shape[1]
          let values = drawn.permute([1, 2, 0]).contiguous().scalars(as: Double.self)
          let passes = dropout.passes
          for row in 0..<count {
            let start = row * 2 * passes
            samples[number * batchSize + row].append([
              Array(values[start..<(start + passes)]), Array(values[(start + passes)..<(start + 2 * passes)]),
            ])
          }
        }
        progress(position + 1)
      }
      return true
    }
    guard isComplete else { return nil }
    let sources = dataset.labels.indices.map { source in
      RotationTestResult.Source(
        target: dataset.labels[source], probabilities: Array(upright[(2 * source)..<(2 * source + 2)]),
        samples: samples[source], overlaps: samples[source].map { index($0[0], $0[1]) })
    }
    return RotationTestResult(degrees: degrees, classNames: dataset.classNames, sources: sources)
  }
}

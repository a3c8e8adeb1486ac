import Datasets
import Experiments
import Foundation
import Layers
import Tensors
import TestSupport
import Training

/// Small networks and places that several tests use.
enum Samples {
  /// The root of the package, found from this file.
  static let root = Checkout.root

  static let image = ImageShape(height: 17, width: 17)

  /// Two blocks whose sizes keep the symmetries of the grid; `fields` of both.
  static func steerable(
    _ group: String, fields: String = "2 regular", pool: PoolConfiguration = .init(kind: .averageAntialiased),
    maskMargin: Double? = nil, inputSide: Int? = nil, nonlinearity: CNNConfiguration.Nonlinearity = .relu,
    dropout: Double = 0
  ) -> CNNConfiguration {
    CNNConfiguration(
      kind: .steerable, group: group, inputSide: inputSide, maskMargin: maskMargin,
      blocks: [
        BlockConfiguration(fields: fields, kernelSize: 5, pool: pool),
        BlockConfiguration(fields: fields, kernelSize: 3),
      ],
      nonlinearity: nonlinearity, head: [8], dropout: dropout)
  }

  static func plain(
    pool: PoolConfiguration = .init(kind: .averageAntialiased), maskMargin: Double? = nil, inputSide: Int? = nil,
    nonlinearity: CNNConfiguration.Nonlinearity = .relu, dropout: Double = 0
  ) -> CNNConfiguration {
    var configuration = steerable(
      "C1", fields: "8", pool: pool, maskMargin: maskMargin, inputSide: inputSide, nonlinearity: nonlinearity,
      dropout: dropout)
    configuration.kind = .plain
    return configuration
  }

  /// The network that `configuration` describes, with weights from a fixed seed.
  static func network(_ configuration: CNNConfiguration, seed: UInt64 = 5) throws -> any ImageClassifier {
    var rng = Generator(seed: seed)
    switch configuration.kind {
    case .steerable: return try SteerableCNN(configuration, imageShape: image, classes: 3, rng: &rng)
    case .plain: return try PlainCNN(configuration, imageShape: image, classes: 3, rng: &rng)
    }
  }

  static func images(_ count: Int, seed: UInt64 = 6, dtype: DType = .float32) -> Tensor {
    var rng = Generator(seed: seed)
    return Tensor.randn([count, 1, image.height, image.width], using: &rng, dtype: dtype)
  }

  /// Passes in training mode, which move the statistics of the batch norms away from where they begin.
  static func warmUp(_ network: any ImageClassifier, dtype: DType = .float32) {
    network.train()
    for seed in 0..<3 { _ = network(images(6, seed: UInt64(40 + seed), dtype: dtype) * 1.5 + 0.3) }
    network.eval()
  }

  /// Runs `body` with a fresh folder, which is gone afterwards.
  static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "steerable-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// A configuration file that trains in a second.
  static func configuration(
    name: String, model: String, training: Int = 64, epochs: Int = 2, extra: String = ""
  ) -> String {
    """
    name: \(name)
    seed: 3
    data: {kind: simulated-galaxies, imageSide: 17, training: \(training), validation: 16, test: 32}
    model:
    \(model)
    training:
      epochs: \(epochs)
      batchSize: 16
      optimizer: {kind: adamw, learningRate: 0.01}
      threads: 1
    \(extra)

    """
  }

  /// A `model` section.
  static func model(_ group: String?, extra: String = "") -> String {
    let (kind, fields) =
      group.map { ("steerable-cnn\n  group: \($0)", "fields: \"2 regular\"") } ?? ("plain-cnn", "channels: 8")
    return """
        kind: \(kind)
        blocks:
          - {\(fields), kernelSize: 5, pool: {kind: average-antialiased, stride: 2}}
          - {\(fields), kernelSize: 3}
        head: [8]
      \(extra)
      """
  }
}

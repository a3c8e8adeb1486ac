import Datasets
import EquivarianceTesting
import EquivariantLayers
import Experiments
import Foundation
import Layers
import Tensors
import Testing
import Training

struct NetworkTests {
  /// A group, and whether its networks ignore quarter turns and mirroring left to right.
  struct Symmetric: Sendable, CustomTestStringConvertible {
    let group: String
    var fields = "2 regular"
    let ignoresTurns: Bool
    let ignoresMirrors: Bool
    var testDescription: String { "\(group), \(fields)" }
  }

  @Test(arguments: [
    Symmetric(group: "C1", ignoresTurns: false, ignoresMirrors: false),
    Symmetric(group: "Flip", ignoresTurns: false, ignoresMirrors: true),
    Symmetric(group: "C4", ignoresTurns: true, ignoresMirrors: false),
    Symmetric(group: "C8", ignoresTurns: true, ignoresMirrors: false),
    Symmetric(group: "D4", ignoresTurns: true, ignoresMirrors: true),
    Symmetric(group: "D8", fields: "regular + 2 trivial", ignoresTurns: true, ignoresMirrors: true),
    Symmetric(group: "SO2", fields: "4 trivial", ignoresTurns: true, ignoresMirrors: true),
  ])
  func logitsIgnoreTheGroup(_ sample: Symmetric) throws {
    let network = try Samples.network(Samples.steerable(sample.group, fields: sample.fields))
    network.to(.float64)
    Samples.warmUp(network, dtype: .float64)
    let errors = changes(network)
    for error in errors.turns { #expect(sample.ignoresTurns ? error <= 1e-9 : error > 1e-4) }
    #expect(sample.ignoresMirrors ? errors.mirror <= 1e-9 : errors.mirror > 1e-4)
  }

  @Test func aPlainNetworkHeedsTurns() throws {
    let network = try Samples.network(Samples.plain())
    network.to(.float64)
    Samples.warmUp(network, dtype: .float64)
    let errors = changes(network)
    #expect(errors.turns.allSatisfy { $0 > 1e-4 })
    #expect(errors.mirror > 1e-4)
  }

  /// How much the logits change when images are turned by 90, 180 and 270 degrees or mirrored left to right.
  private func changes(_ network: any ImageClassifier) -> (turns: [Double], mirror: Double) {
    withoutGradient {
      let images = Samples.images(2, dtype: .float64)
      let logits = network(images)
      #expect(logits.shape == [2, 3])
      #expect(logits.abs().max().item() > 1e-3)
      return (
        (1...3).map { logits.maxAbsDifference(to: network(images.rot90($0))) },
        logits.maxAbsDifference(to: network(images.flip([3])))
      )
    }
  }

  /// Every pooling, mask, padding and nonlinearity, steerable and plain.
  static let variants: [CNNConfiguration] = {
    let pools = [
      PoolConfiguration(kind: .max, kernelSize: 3, stride: 2, padding: 1),
      PoolConfiguration(kind: .average, kernelSize: 3, stride: 2),
      PoolConfiguration(kind: .maxAntialiased, kernelSize: 3, stride: 2),
      PoolConfiguration(kind: .averageAntialiased, stride: 2),
    ]
    var result: [CNNConfiguration] = []
    for (index, pool) in pools.enumerated() {
      let margin = index.isMultiple(of: 2) ? 5.0 : nil
      let side = index > 1 ? 21 : nil
      let nonlinearity: CNNConfiguration.Nonlinearity = index == 1 || index == 2 ? .elu : .relu
      result.append(
        Samples.steerable(
          index == 3 ? "D4" : "C4", pool: pool, maskMargin: margin, inputSide: side, nonlinearity: nonlinearity,
          dropout: 0.3))
      result.append(
        Samples.plain(pool: pool, maskMargin: margin, inputSide: side, nonlinearity: nonlinearity, dropout: 0.3))
    }
    return result
  }()

  @Test(arguments: variants, [DType.float32, .float64])
  func theExportComputesTheSame(_ configuration: CNNConfiguration, dtype: DType) throws {
    let network = try Samples.network(configuration)
    network.to(dtype)
    Samples.warmUp(network, dtype: dtype)
    let plain = network.export()
    let images = Samples.images(3, dtype: dtype)
    let (expected, logits) = withoutGradient { (network(images), plain(images)) }
    #expect(logits.dtype == dtype)
    #expect(logits.maxAbsDifference(to: expected) <= (dtype == .float64 ? 1e-10 : 1e-5))
    // Nothing of the symmetry and no batch norm of images is left.
    #expect(!plain.modules.contains { $0 is EquivariantModule || $0 is BatchNorm2D })
  }

  @Test func theMaskHidesTheCorners() throws {
    for configuration in [Samples.steerable("C4", maskMargin: 10), Samples.plain(maskMargin: 10)] {
      let network = try Samples.network(configuration)
      network.eval()
      let images = Samples.images(1)
      var corner = [Float](repeating: 0, count: 17 * 17)
      corner[0] = 1
      let change = withoutGradient {
        network(images + Tensor(corner, shape: [1, 1, 17, 17])).maxAbsDifference(to: network(images))
      }
      #expect(change < 1e-6)
    }
  }

  @Test func weightsFollowTheSeed() throws {
    let states = try [5, 5, 6].map { try Samples.network(Samples.steerable("C8"), seed: $0).stateDict() }
    #expect(states[0].difference(from: states[1]) == nil)
    #expect(states[0].difference(from: states[2]) != nil)
  }

  @Test func verificationHoldsForSteerableAndFailsForPlain() throws {
    try Samples.withFolder { folder in
      func verification(_ group: String?) throws -> Verification {
        let file = folder.appending(path: "c.yaml")
        try Samples.configuration(name: "v", model: Samples.model(group)).write(
          to: file, atomically: true, encoding: .utf8)
        let experiment = try Experiment(path: file.path)
        return try Verification(experiment.makeModel(), name: "v", configuration: experiment.configuration)
      }
      let steerable = try verification("D4")
      #expect(steerable.holds && steerable.latticeMaximum <= 1e-9)
      #expect(steerable.group == "D4")
      // Convolution, batch norm and ReLU twice, one pool before and one after, group pooling.
      #expect(steerable.layers.count == 9)
      #expect(steerable.layers.allSatisfy { $0.own.latticeErrors.count == 8 })
      #expect(steerable.curve.points.count == 24)

      let plain = try verification(nil)
      #expect(!plain.holds && plain.latticeMaximum > 1e-4)
      #expect(plain.layers.isEmpty)
    }
  }

  @Test func verificationLeavesTheNetworkAsItWas() throws {
    try Samples.withFolder { folder in
      let file = folder.appending(path: "c.yaml")
      try Samples.configuration(name: "v", model: Samples.model("C4")).write(
        to: file, atomically: true, encoding: .utf8)
      let experiment = try Experiment(path: file.path)
      let network = try experiment.makeModel()
      let before = network.stateDict()
      _ = try Verification(network, name: "v", configuration: experiment.configuration)
      #expect(network.stateDict().difference(from: before) == nil)
      #expect(network.isTraining)
    }
  }
}

import Datasets
import EquivarianceTesting
import EquivariantLayers
import Experiments
import Foundation
import Layers
import Symmetry
import Tensors
import Testing

/// The networks of the metamaterial study.
@Suite struct ElasticityNetworkTests {
  static let cell = ImageShape(height: 16, width: 16)

  private static func network(
    _ group: String, blocks: [ElasticityNetworkConfiguration.Block]? = nil, seed: UInt64 = 3
  ) throws -> ElasticityNetwork {
    var rng = Generator(seed: seed)
    let blocks =
      blocks ?? [.init(channels: 8, kernelSize: 5, stride: 2), .init(channels: 16, stride: 2), .init(channels: 16)]
    let network = try ElasticityNetwork(
      ElasticityNetworkConfiguration(group: group, blocks: blocks, head: 16), imageShape: cell, rng: &rng)
    network.to(.float64)
    // Passes in training move the statistics of the batch norms away from where they begin.
    for _ in 0..<3 { _ = network(Tensor.randn([6, 1, 16, 16], using: &rng, dtype: .float64) * 1.5 + 0.3) }
    network.eval()
    return network
  }

  private static func cells(_ count: Int = 2, seed: UInt64 = 8) -> Tensor {
    var rng = Generator(seed: seed)
    return Tensor.randn([count, 1, 16, 16], using: &rng, dtype: .float64)
  }

  private func distance(_ first: Tensor, _ second: Tensor) -> Double { (first - second).abs().max().item() }

  @Test(arguments: ["C1", "C2", "C4", "Flip", "D1", "D2", "D4"]) func theTensorTurnsWithTheCell(group: String) throws {
    let network = try Self.network(group)
    let type = network.features.inputType
    let cells = Self.cells()
    let straight = withoutGradient { network(cells) }
    #expect(straight.abs().max().item() > 1e-3, "the output does not vanish")
    for element in type.group.elements {
      let moved = GeometricTensor(cells, type).transformed(by: element).tensor
      let law = TensorLaw.matrix(type.space.planarMatrix(of: element))
      let matrix = Tensor(law.flatMap { $0 }, shape: [6, 6], dtype: .float64)
      let expected = straight.matmul(matrix.transpose())
      #expect(distance(withoutGradient { network(moved) }, expected) < 1e-9, "\(group) \(element)")
    }
  }

  @Test(arguments: ["C1", "C4", "D4"]) func everyCyclicShiftLeavesTheTensorAsItIs(group: String) throws {
    let network = try Self.network(group)
    let cells = Self.cells()
    let still = withoutGradient { network(cells) }
    for down in 0..<16 {
      let right = (7 * down + 3) % 16
      let moved = withoutGradient { network(cells.roll([down, right], along: [2, 3])) }
      #expect(distance(moved, still) < 1e-9, "(\(down), \(right))")
    }
  }

  /// What strides alone would give: invariance to shifts by multiples of the strides, and to no others.
  @Test func stridesWithoutTheOtherCosetsBreakIt() throws {
    let network = try Self.network("D4")
    let mean = try #require(network.features.parts.first as? PeriodicMean)
    #expect(mean.stride == 4)
    func strided(_ cells: Tensor) -> Tensor {
      withoutGradient {
        mean.blocks.reduce(GeometricTensor(cells, mean.inputType)) { $1($0) }.tensor.mean(along: [2, 3])
      }
    }
    let cells = Self.cells()
    let still = strided(cells)
    #expect(distance(strided(cells.roll([4, 8], along: [2, 3])), still) < 1e-12)
    #expect(distance(strided(cells.roll([1, 0], along: [2, 3])), still) > 1e-4)
    #expect(distance(strided(cells.roll([2, 2], along: [2, 3])), still) > 1e-4)
  }

  @Test func theMeanOverAllCosetsIsThatOfDilatedConvolutions() throws {
    let network = try Self.network("D4")
    let cells = Self.cells(3)
    let (ours, plain) = withoutGradient { (network(cells), network.export()(cells)) }
    #expect(distance(ours, plain) < 1e-10)
    // And of the strided network on every coset, one after the other.
    let mean = try #require(network.features.parts.first as? PeriodicMean)
    let sum = withoutGradient {
      (0..<16).reduce(Tensor.zeros([3, 16], dtype: .float64)) { sum, coset in
        let rolled = GeometricTensor(cells.roll([-(coset / 4), -(coset % 4)], along: [2, 3]), mean.inputType)
        return sum + mean.blocks.reduce(rolled) { $1($0) }.tensor.mean(along: [2, 3])
      }
    }
    let pooled = withoutGradient { mean(GeometricTensor(cells, mean.inputType)).tensor.reshape([3, 16]) }
    #expect(distance(sum * (1.0 / 16), pooled) < 1e-12)
  }

  @Test func trainingLooksAtOneCosetAndRepeatsWithItsGenerator() throws {
    let network = try Self.network("C4", blocks: [.init(channels: 8, stride: 4)])
    let mean = try #require(network.features.parts.first as? PeriodicMean)
    let cells = GeometricTensor(Self.cells(), mean.inputType)
    network.train()
    let state = mean.random.bytes
    let first = (0..<8).map { _ in withoutGradient { mean(cells).tensor } }
    mean.random.bytes = state
    let again = (0..<8).map { _ in withoutGradient { mean(cells).tensor } }
    for (a, b) in zip(first, again) { #expect(distance(a, b) == 0) }
    #expect((1..<8).contains { distance(first[0], first[$0]) > 1e-6 }, "the cosets differ")
    #expect(network.generators.contains { $0.key.hasSuffix("random") })
  }

  @Test func gradientsReachEveryWeight() throws {
    let network = try Self.network("D4")
    network.train()
    network(Self.cells(4)).sum().backward()
    for named in network.parameters {
      let gradient = try #require(named.parameter.grad, "\(named.key)")
      // Shifts of fields before a batch norm cancel; everything else has a slope.
      #expect(gradient.isAllFinite, "\(named.key)")
    }
    #expect(network.parameters.contains { ($0.parameter.grad?.abs().max().item() ?? 0) > 1e-6 })
  }

  @Test func wrongSizesAreRefused() throws {
    var rng = Generator(seed: 1)
    #expect(throws: ModelError.unevenStrides(stride: 4, image: "1×18×18")) {
      try ElasticityNetwork(.init(), imageShape: ImageShape(height: 18, width: 18), rng: &rng)
    }
    #expect(throws: ModelError.self) {
      try ElasticityNetwork(.init(), imageShape: ImageShape(height: 16, width: 32), rng: &rng)
    }
    #expect(throws: ModelError.self) {
      try DenseHeadCNN(
        .init(kind: .steerable, group: "C4"), imageShape: ImageShape(height: 16, width: 32), outputs: 6, rng: &rng)
    }
  }

  /// The reference's networks for cells of 64 × 64 pixels.
  @Test(arguments: [
    (DenseHeadConfiguration(kind: .plain), 98_350), (DenseHeadConfiguration(kind: .circular), 98_350),
    (DenseHeadConfiguration(kind: .steerable, group: "Flip"), 98_330),
    (DenseHeadConfiguration(kind: .steerable, group: "C2"), 98_330),
    (DenseHeadConfiguration(kind: .steerable, group: "C4"), 98_322),
    (DenseHeadConfiguration(kind: .steerable, group: "D4"), 98_322),
  ])
  func parametersAreThoseOfTheReference(configuration: DenseHeadConfiguration, published: Int) throws {
    var rng = Generator(seed: 1)
    let network = try DenseHeadCNN(
      configuration, imageShape: ImageShape(height: 64, width: 64), outputs: 6, rng: &rng)
    print(
      "\(configuration.kind.rawValue) \(configuration.group): \(network.parameterCount) parameters, reference \(published)"
    )
    #expect(network.parameterCount == published)
  }

  @Test func aDenseHeadKeepsNoSymmetryOfTheAnswer() throws {
    var rng = Generator(seed: 4)
    for configuration in [
      DenseHeadConfiguration(kind: .plain), .init(kind: .circular), .init(kind: .steerable, group: "Flip"),
      .init(kind: .steerable, group: "D4"),
    ] {
      let network = try DenseHeadCNN(configuration, imageShape: Self.cell, outputs: 6, rng: &rng)
      network.to(.float64)
      let cells = Self.cells()
      let still = withoutGradient { network(cells) }
      #expect(distance(withoutGradient { network(cells.roll([1, 0], along: [2, 3])) }, still) > 1e-3)
      let mirrored = withoutGradient { network(cells.flip([3])) }
      let signs = Tensor([1.0, 1, -1, 1, -1, 1], shape: [1, 6], dtype: .float64)
      #expect(distance(mirrored, still * signs) > 1e-3)
      let plain = network.export()
      #expect(distance(withoutGradient { plain(cells) }, still) < 1e-10)
    }
  }
}

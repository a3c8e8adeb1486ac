import Datasets
import EquivarianceTesting
import EquivariantLayers
import Experiments
import Foundation
import Layers
import Tensors
import Testing
import Training

/// The networks of the radio-galaxy study.
struct RadioGalaxyModelTests {
  typealias Kind = RadioGalaxyModelConfiguration.Kind

  static func network(
    _ kind: Kind, rotations: Int = 4, side: Int = 26, mask: Bool? = nil, seed: UInt64 = 1
  ) throws -> any ImageClassifier {
    var rng = Generator(seed: seed)
    let settings = RadioGalaxyModelConfiguration(kind: kind, rotations: rotations, mask: mask)
    return try ModelConfiguration.radioGalaxy(settings).makeModel(
      imageShape: ImageShape(height: side, width: side), classes: 2, rng: &rng)
  }

  /// The published counts for images of 151 pixels, by N: those of C_N and of D_N.
  static let counts: [Int: (cyclic: Int, dihedral: Int)] = [
    2: (2_500_952, 2_503_064), 4: (2_503_064, 2_507_288), 6: (2_505_176, 2_511_512), 8: (2_507_288, 2_515_736),
    10: (2_509_400, 2_519_960), 12: (2_511_512, 2_524_184), 14: (2_513_624, 2_528_408), 16: (2_515_736, 2_532_632),
    20: (2_519_960, 2_541_080),
  ]

  @Test func theCountsAreThosePublished() throws {
    var lines = ["network             here  published"]
    func compare(_ name: String, _ network: any ImageClassifier, _ published: Int) {
      lines.append("\(name.padding(toLength: 16, withPad: " ", startingAt: 0))\(network.parameterCount)  \(published)")
      #expect(network.parameterCount == published, "\(name)")
    }
    compare("vanilla", try Self.network(.vanillaLeNet, side: 151), 2_501_346)
    for (rotations, count) in Self.counts.sorted(by: { $0.key < $1.key }) {
      compare("C\(rotations)", try Self.network(.cnSteerableLeNet, rotations: rotations, side: 151), count.cyclic)
      compare("D\(rotations)", try Self.network(.dnSteerableLeNet, rotations: rotations, side: 151), count.dihedral)
    }
    for rotations in [2, 7, 16] {
      compare(
        "D\(rotations) restricted", try Self.network(.dnRestrictedLeNet, rotations: rotations, side: 151), 2_501_256)
    }
    compare("HMTNet", try Self.network(.hmtNet, side: 150), 184_442)
    print(lines.joined(separator: "\n"))
  }

  @Test(arguments: [
    (151, [149, 74, 72, 36]), (150, [148, 74, 72, 36]), (51, [49, 24, 22, 11]), (50, [48, 24, 22, 11]),
  ])
  func theMapsHaveThePublishedSides(_ side: Int, _ maps: [Int]) throws {
    #expect(try LeNetSizes(ImageShape(height: side, width: side), kernelSize: 5).maps == maps)
    let plain = try Self.network(.vanillaLeNet, side: side)
    let sides = plain.plainLayers.outputShapes(for: [1, 1, side, side]).filter { $0.count == 4 }.map { $0[2] }
    #expect(Array(Set(sides)).sorted(by: >) == Array(Set([side] + maps)).sorted(by: >))
    let steerable = try #require(try Self.network(.dnSteerableLeNet, side: side).steerableLayers)
    #expect(steerable.evaluateOutputShape([2, 1, side, side]) == [2, 16, maps[3], maps[3]])
    let restricted = try #require(try Self.network(.dnRestrictedLeNet, side: side).steerableLayers)
    #expect(restricted.evaluateOutputShape([2, 1, side, side]) == [2, 6, maps[1], maps[1]])
  }

  /// The equivariant layers are exact on the pixel grid for images of 4n + 2 pixels, and only for those.
  @Test(arguments: [Kind.cnSteerableLeNet, .dnSteerableLeNet], [true, false])
  func theMapsTurnWithTheImage(_ kind: Kind, mask: Bool) throws {
    for (side, isExact) in [(26, true), (30, true), (27, false), (28, false)] {
      let layers = try #require(try Self.network(kind, side: side, mask: mask).steerableLayers)
      let report = EquivarianceTester(size: side, batch: 1).report(layers)
      #expect((report.latticeMaximum <= 1e-10) == isExact, "\(side): \(report.latticeMaximum)")
      #expect(layers.isLatticeExact(for: [1, 1, side, side]) == isExact)
    }
    let published = try #require(try Self.network(kind, side: 151).steerableLayers)
    #expect(published.latticeWarning(for: [1, 1, 151, 151]) != nil)
    #expect(published.isLatticeExact(for: [1, 1, 150, 150]))
  }

  @Test(arguments: Kind.allCases)
  func verificationHoldsForTheEquivariantLayersOnly(_ kind: Kind) throws {
    let side = kind == .hmtNet ? 30 : 26
    let rotations = kind.isSteerable ? ", rotations: 4" : ""
    let experiment = try Experiment(
      yaml: """
        name: test
        data: {kind: simulated-galaxies, imageSide: 17}
        model: {kind: \(kind.rawValue)\(rotations)}
        """, source: "test")
    // The simulator's images have odd sides; those of the network are what counts here.
    var configuration = experiment.configuration
    configuration.data.imageSide = side
    let model = try Self.network(kind, side: side)
    let verification = try Verification(model, name: "test", configuration: configuration)
    #expect(verification.holds == kind.isSteerable)
    #expect(verification.network.latticeMaximum > 1e-6, "no head is invariant")
    #expect((verification.note?.contains("logits are not invariant") == true) == kind.isSteerable)
  }

  @Test(arguments: Kind.allCases, [DType.float32, .float64])
  func theExportComputesTheSame(_ kind: Kind, dtype: DType) throws {
    let side = kind == .hmtNet ? 30 : 26
    let network = try Self.network(kind, side: side)
    network.to(dtype)
    var rng = Generator(seed: 3)
    let images = Tensor.randn([4, 1, side, side], using: &rng, dtype: dtype)
    // Statistics of batch norms move away from where they begin.
    for _ in 0..<3 { _ = network(images * 1.3 + 0.2) }
    network.eval()
    let plain = network.export()
    let (expected, found) = withoutGradient { (network(images), plain(images)) }
    #expect(expected.shape == [4, 2])
    #expect(found.maxAbsDifference(to: expected) <= (dtype == .float64 ? 1e-10 : 2e-5))
    #expect(!plain.modules.contains { $0 is EquivariantModule || $0 is Dropout })
    let listed = network.plainLayers
    listed.eval()
    let start = network.steerableLayers.map { layers in
      withoutGradient { layers(GeometricTensor(images, layers.inputType)).tensor }
    }
    let whole = withoutGradient { listed(start ?? images) }
    #expect(whole.maxAbsDifference(to: expected) <= (dtype == .float64 ? 1e-10 : 2e-5))
  }

  @Test func theMaskHidesTheCorners() throws {
    for (kind, mask) in [(Kind.vanillaLeNet, true), (.vanillaLeNet, false), (.dnSteerableLeNet, true)] {
      let network = try Self.network(kind, mask: mask)
      network.eval()
      var corner = [Float](repeating: 0, count: 26 * 26)
      corner[0] = 3
      corner[1] = 3
      let change = withoutGradient {
        network(Tensor(corner, shape: [1, 1, 26, 26])).maxAbsDifference(to: network(Tensor.zeros([1, 1, 26, 26])))
      }
      #expect(mask ? change < 1e-9 : change > 1e-6)
    }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    #expect(throws: ModelError.tooSmall(network: "a LeNet with kernels of 5 pixels", side: 9, smallest: 10)) {
      try Self.network(.vanillaLeNet, side: 9)
    }
    #expect(try Self.network(.dnSteerableLeNet, side: 10).parameterCount > 0)
    #expect(throws: ModelError.tooSmall(network: "HMTNet", side: 29, smallest: 30)) {
      try Self.network(.hmtNet, side: 29)
    }
    var rng = Generator(seed: 1)
    #expect(throws: ModelError.notSquare(network: "a LeNet", image: "1×20×21")) {
      try VanillaLeNet(
        RadioGalaxyModelConfiguration(kind: .vanillaLeNet), imageShape: ImageShape(height: 20, width: 21), classes: 2,
        rng: &rng)
    }
  }

  @Test(arguments: [
    ("{kind: cn-steerable-lenet}", "rotations"), ("{kind: vanilla-lenet, rotations: 4}", "rotations"),
    ("{kind: dn-steerable-lenet, rotations: 0}", "between 1 and 64"),
    ("{kind: vanilla-lenet, kernelSize: 4}", "must be odd"), ("{kind: hmtnet, mask: true}", "mask"),
    ("{kind: vanilla-lenet, dropout: 1}", "less than 1"), ("{kind: dn-steerable-lenet, rotations: 64}", "GB"),
  ])
  func wrongSettingsAreTold(_ model: String, _ message: String) throws {
    let error = #expect(throws: ConfigurationError.self) {
      try Experiment(yaml: "name: a\ndata: {kind: simulated-galaxies}\nmodel: \(model)\n", source: "test")
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }
}

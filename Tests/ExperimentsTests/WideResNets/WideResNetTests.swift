import Datasets
import EquivarianceTesting
import EquivariantLayers
import Experiments
import Foundation
import Layers
import Symmetry
import Tensors
import Testing
import Training

/// Invariance, export and structure of wide residual networks.
struct WideResNetTests {
  static let image = ImageShape(channels: 3, height: 17, width: 17)

  static func settings(
    _ rotations: Int, flips: Bool = true, restriction: Int = 0, convToTrivial: Bool = true, split: Bool = false,
    dropout: Double = 0.3, deltaOrthogonal: Bool = false
  ) -> WideResNetConfiguration {
    WideResNetConfiguration(
      depth: 10, widen: 1, dropout: dropout, rotations: rotations, flips: flips, restriction: restriction,
      deltaOrthogonal: deltaOrthogonal, convToTrivial: convToTrivial, splitRestricted: split)
  }

  static let plain = WideResNetConfiguration(kind: .plain, depth: 10, widen: 1)

  static func network(_ settings: WideResNetConfiguration, image: ImageShape = image) throws -> any ImageClassifier {
    var rng = Generator(seed: 8)
    let network = try ModelConfiguration.wideResNet(settings).makeModel(imageShape: image, classes: 4, rng: &rng)
    network.to(.float64)
    // Statistics away from where they begin.
    network.train()
    for seed in 0..<3 { _ = network(images(6, image: image, seed: UInt64(40 + seed)) * 1.5 + 0.3) }
    network.eval()
    return network
  }

  static func images(_ count: Int, image: ImageShape = image, seed: UInt64 = 6) -> Tensor {
    var rng = Generator(seed: seed)
    return Tensor.randn([count, image.channels, image.height, image.width], using: &rng, dtype: .float64)
  }

  /// The change of the logits when images are turned by 90°, and when they are mirrored.
  private func changes(_ network: any ImageClassifier, image: ImageShape = image) -> (turned: Double, mirrored: Double)
  {
    let images = Self.images(2, image: image)
    return withoutGradient {
      let logits = network(images)
      return (
        (1...3).map { logits.maxAbsDifference(to: network(images.rot90($0))) }.max() ?? 0,
        logits.maxAbsDifference(to: network(images.flip([3])))
      )
    }
  }

  @Test(arguments: [true, false]) func quarterTurnsAndReflectionsChangeNothing(_ convToTrivial: Bool) throws {
    let (turned, mirrored) = changes(try Self.network(Self.settings(4, convToTrivial: convToTrivial)))
    #expect(turned <= 1e-9 && mirrored <= 1e-9, "\(turned), \(mirrored)")
  }

  @Test func eightRotationsHoldTheLatticesFour() throws {
    let (turned, mirrored) = changes(try Self.network(Self.settings(8)))
    #expect(turned <= 1e-9 && mirrored <= 1e-9, "\(turned), \(mirrored)")
  }

  @Test(arguments: [false, true]) func whatIsRestrictedIsNoLongerASymmetry(_ split: Bool) throws {
    let (turned, mirrored) = changes(try Self.network(Self.settings(4, restriction: 3, split: split)))
    #expect(turned > 1e-3 && mirrored <= 1e-9, "\(turned), \(mirrored)")
    // Without reflections nothing is left.
    let bare = changes(try Self.network(Self.settings(4, flips: false, restriction: 3, split: split)))
    #expect(bare.turned > 1e-3 && bare.mirrored > 1e-3)
    // Half of four rotations are those by 180°.
    let half = try Self.network(Self.settings(4, restriction: 2, split: split))
    let images = Self.images(2)
    withoutGradient {
      #expect(half(images).maxAbsDifference(to: half(images.rot90(2))) <= 1e-9)
      #expect(half(images).maxAbsDifference(to: half(images.rot90(1))) > 1e-3)
    }
  }

  @Test func controls() throws {
    let (turned, mirrored) = changes(try Self.network(Self.plain))
    #expect(turned > 1e-3 && mirrored > 1e-3)
    // On an even number of pixels strides leave kernels off center.
    let even = ImageShape(channels: 3, height: 16, width: 16)
    #expect(changes(try Self.network(Self.settings(4), image: even), image: even).turned > 1e-6)
  }

  @Test(arguments: [
    settings(4), settings(8, restriction: 3), settings(8, restriction: 3, split: true),
    settings(4, flips: false, convToTrivial: false), plain,
  ])
  func theExportComputesTheSame(_ settings: WideResNetConfiguration) throws {
    let network = try Self.network(settings)
    let exported = network.export()
    let images = Self.images(3)
    let (expected, found) = withoutGradient { (network(images), exported(images)) }
    #expect(found.maxAbsDifference(to: expected) <= 1e-10)
    #expect(!exported.modules.contains { $0 is EquivariantModule })
    // Inside of blocks nothing is left to normalize: each block has one batch norm, the network one more.
    #expect(exported.modules.count { $0 is BatchNorm2D } <= 4)
  }

  /// The names that a checkpoint of the original has, for what both have.
  @Test func theKeysAreThoseOfTheOriginal() throws {
    let keys = Set(try Self.network(Self.settings(4, restriction: 3)).parameters.map(\.key))
    for key in [
      "conv1.weights", "layer1.0.bn1.weight", "layer1.0.conv1.weights", "layer1.0.bn2.bias", "layer1.0.conv2.weights",
      "layer2.0.shortcut.weights", "layer3.0.conv1.weights", "bn.weight", "linear.weight", "linear.bias",
    ] {
      #expect(keys.contains(key), "\(key)")
    }
  }

  @Test func deltaOrthogonalConvolutionsAreOrthogonalMaps() throws {
    var rng = Generator(seed: 3)
    let network = try SteerableWideResNet(
      Self.settings(4, deltaOrthogonal: true), imageShape: Self.image, classes: 4, rng: &rng)
    network.to(.float64)
    let block = network.layer1[0]
    let filter = withoutGradient { block.conv2.expandFilter() }
    let size = filter.shape[0]
    // Only the center is not zero, and there the rows are orthonormal.
    let center = filter.narrow(2, start: 1, length: 1).narrow(3, start: 1, length: 1).reshape([size, filter.shape[1]])
    #expect(abs((filter * filter).sum().item() - (center * center).sum().item()) < 1e-12)
    let product = center.matmul(center.transpose(0, 1))
    #expect(product.maxAbsDifference(to: Tensor.eye(size, dtype: .float64)) < 1e-6)
  }

  @Test func verificationHoldsARestrictedNetworkToWhatIsLeft() throws {
    try Samples.withFolder { folder in
      let file = folder.appending(path: "c.yaml")
      func verify(_ model: String) throws -> Verification {
        try """
        name: tiny
        data: {kind: simulated-galaxies, imageSide: 17, training: 64}
        model: {\(model)}
        """.write(to: file, atomically: true, encoding: .utf8)
        let experiment = try Experiment(path: file.path)
        return try Verification(
          experiment.makeModel(), name: "tiny", configuration: experiment.configuration)
      }
      let result = try verify("kind: steerable-wide-resnet, depth: 10, widen: 1, rotations: 4, restriction: 3")
      #expect(result.holds, "\(result.latticeMaximum)")
      #expect(result.group == "D4, restricted to Flip")
      #expect(result.layers.count == 9)
      // The first block is held to all of D4, the last to one reflection.
      #expect(result.layers[1].accumulated.errors.count == 8)
      #expect(result.layers[5].accumulated.errors.count == 2 && result.network.errors.count == 2)
      #expect(try verify("kind: steerable-wide-resnet, depth: 10, widen: 1, rotations: 4").holds)
      #expect(try !verify("kind: wide-resnet, depth: 10, widen: 1").holds)
    }
  }

  /// A `model` section, and what the error must say.
  @Test(arguments: [
    ("kind: steerable-wide-resnet, depth: 11, widen: 1, rotations: 4", "6n + 4"),
    ("kind: steerable-wide-resnet, depth: 10, widen: 65, rotations: 4", "widen"),
    ("kind: steerable-wide-resnet, depth: 10, widen: 1", "rotations"),
    ("kind: steerable-wide-resnet, depth: 10, widen: 1, rotations: 3, restriction: 1", "odd"),
    ("kind: steerable-wide-resnet, depth: 10, widen: 1, rotations: 4, restriction: 4", "restriction"),
    ("kind: steerable-wide-resnet, depth: 10, widen: 1, rotations: 4, kernelSize: 4", "odd"),
    ("kind: steerable-wide-resnet, depth: 10, widen: 1, rotations: 4, cutoff: steep", "steep"),
    ("kind: steerable-wide-resnet, depth: 10, widen: 1, rotations: 64", "64"),
    ("kind: steerable-wide-resnet, depth: 10, widen: 1, rotations: 16, fixParameters: false", "D16"),
    ("kind: steerable-wide-resnet, depth: 10, widen: 1, rotations: 4, fixparams: true", "fixparams"),
    ("kind: steerable-wide-resnet, depth: 10, widen: 1, rotations: 4, blocks: []", "blocks"),
    ("kind: wide-resnet, depth: 10, widen: 1, rotations: 4", "rotations"),
    ("kind: wide-resnet, depth: 1000, widen: 64", "billion"),
    ("kind: wide-resnet, depth: 10, widen: 1, dropout: 1", "dropout"),
    ("kind: resnet, depth: 10, widen: 1", "wide-resnet"),
  ])
  func wrongSettingsNameTheirLine(_ model: String, _ word: String) throws {
    try Samples.withFolder { folder in
      let file = folder.appending(path: "c.yaml")
      try "name: tiny\ndata: {kind: simulated-galaxies}\nmodel: {\(model)}\n".write(
        to: file, atomically: true, encoding: .utf8)
      do {
        _ = try Experiment(path: file.path)
        Issue.record("no error")
      } catch {
        #expect("\(error)".contains("c.yaml:3") && "\(error)".contains(word), "\(error)")
      }
    }
  }
}

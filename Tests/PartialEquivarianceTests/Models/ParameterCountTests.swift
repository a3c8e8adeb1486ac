import Layers
import PartialEquivariance
import Symmetry
import Tensors
import Testing

/// The numbers of parameters of the networks of the paper's experiments, beside those of the original implementation.
@Suite struct ParameterCountTests {
  struct Count: CustomTestStringConvertible, Sendable {
    let name: String
    let options: NetworkOptions
    let channels: Int
    let side: Int
    let classes: Int
    var isAugerino = false
    let published: Int

    var testDescription: String { name }

    func network() throws -> PartialNetwork {
      var rng = Generator(seed: 1)
      if isAugerino {
        return try AugerinoNetwork(options, channels: channels, side: side, classes: classes, rng: &rng)
      }
      switch options.architecture {
      case .ckResNet: return try CKResNet(options, channels: channels, side: side, classes: classes, rng: &rng)
      case .gcnn: return try GCNN(options, channels: channels, side: side, classes: classes, rng: &rng)
      }
    }
  }

  static func random(_ group: Group, _ count: Int) -> GroupSampling {
    GroupSampling(group, count: count, method: .random, perLayer: true)
  }

  static func small(
    _ kind: ContinuousKernel.Kind, hidden: Int, _ sampling: GroupSampling, partial: Bool,
    norm: GroupNormalization.Kind = .batch, widths: [Double] = [1, 1]
  ) -> NetworkOptions {
    NetworkOptions(
      hidden: hidden, widths: widths, poolBlocks: widths.count > 1 ? [1, 2] : [1], norm: norm, sampling: sampling,
      isPartial: partial, kernel: ContinuousKernel(kind, scale: .original))
  }

  static func residual(_ sampling: GroupSampling, partial: Bool, pools: [Int] = [0, 1]) -> NetworkOptions {
    NetworkOptions(
      hidden: 32, widths: [1, 2], poolBlocks: pools, sampling: sampling, isPartial: partial,
      kernel: ContinuousKernel(.siren, omega0: 10, scale: .original))
  }

  static func chain(_ sampling: GroupSampling, partial: Bool) -> NetworkOptions {
    NetworkOptions(
      .gcnn, hidden: 128, widths: [1, 2, 2, 2, 2, 2, 2, 2], poolBlocks: [2, 5], dropoutBlocks: [2, 5, 8], dropout: 0.3,
      sampling: sampling, isPartial: partial, kernel: ContinuousKernel(.siren, hidden: 8, omega0: 10, scale: .original),
      kernelSize: .pixels(3))
  }

  static let translations = GroupSampling(.so2, count: 1)

  static let all: [Count] = {
    var learned = residual(random(.so2, 8), partial: false, pools: [1, 2])
    learned.pooling = .learned
    return [
      Count(
        name: "MNIST6-180 analysis",
        options: small(
          .siren, hidden: 10, random(.so2, 4), partial: true, norm: .layer, widths: [1]), channels: 1, side: 28,
        classes: 2, published: 17_063),
      Count(
        name: "MNIST6-180 SE2 partial, MAGNet", options: small(.magnet, hidden: 10, random(.so2, 8), partial: true),
        channels: 1, side: 28, classes: 2, published: 48_845),
      Count(
        name: "MNIST6-180 SE2 full, Fourier, layer norm",
        options: small(.fourier, hidden: 20, random(.so2, 8), partial: false, norm: .layer), channels: 1, side: 28,
        classes: 2, published: 104_422),
      Count(
        name: "MNIST6-M E2 partial, MAGNet", options: small(.magnet, hidden: 10, random(.o2, 8), partial: true),
        channels: 1, side: 28, classes: 2, published: 51_154),
      Count(
        name: "rotMNIST T2", options: residual(translations, partial: false, pools: [1, 2]), channels: 1, side: 28,
        classes: 10, published: 450_074),
      Count(
        name: "rotMNIST SE2 full", options: residual(random(.so2, 8), partial: false), channels: 1, side: 28,
        classes: 10, published: 467_786),
      Count(
        name: "rotMNIST SE2 partial", options: residual(random(.so2, 8), partial: true), channels: 1, side: 28,
        classes: 10, published: 467_791),
      Count(
        name: "rotMNIST E2 full", options: residual(random(.o2, 8), partial: false), channels: 1, side: 28,
        classes: 10, published: 467_978),
      Count(
        name: "rotMNIST E2 partial", options: residual(random(.o2, 8), partial: true), channels: 1, side: 28,
        classes: 10, published: 467_988),
      Count(
        name: "rotMNIST Augerino SE2", options: residual(random(.so2, 8), partial: false), channels: 1, side: 28,
        classes: 10, isAugerino: true, published: 450_075),
      Count(
        name: "CIFAR-10 SE2 partial", options: residual(random(.so2, 8), partial: true, pools: [1, 2]), channels: 3,
        side: 32, classes: 10, published: 469_903),
      Count(
        name: "CIFAR-10 SE2 full, learned pooling", options: learned, channels: 3, side: 32, classes: 10,
        published: 469_931),
      Count(
        name: "CIFAR-10 E2 partial", options: residual(random(.o2, 8), partial: true, pools: [1, 2]), channels: 3,
        side: 32, classes: 10, published: 470_100),
      Count(
        name: "CIFAR-100 SE2 partial", options: residual(random(.so2, 8), partial: true, pools: [1, 2]), channels: 3,
        side: 32, classes: 100, published: 475_753),
      Count(
        name: "GCNN rotMNIST", options: chain(translations, partial: false), channels: 1, side: 28, classes: 10,
        published: 3_992_106),
      Count(
        name: "GCNN rotMNIST partial", options: chain(random(.so2, 8), partial: true), channels: 1, side: 28,
        classes: 10, published: 3_992_114),
      Count(
        name: "GCNN CIFAR-10 partial", options: chain(random(.so2, 8), partial: true), channels: 3, side: 32,
        classes: 10, published: 3_994_418),
      Count(
        name: "GCNN CIFAR-100 partial", options: chain(random(.so2, 8), partial: true), channels: 3, side: 32,
        classes: 100, published: 4_017_548),
    ]
  }()

  @Test(arguments: all) func areThoseOfTheOriginal(_ count: Count) throws {
    let found = try count.network().parameterCount
    #expect(found == count.published, "\(count.name): \(found) here, \(count.published) in the original")
  }

  @Test func arePrintedBesideTheOriginal() throws {
    let rows = try Self.all.map { "\($0.name): \(try $0.network().parameterCount) here, \($0.published) there" }
    print(rows.joined(separator: "\n"))
    #expect(rows.count == 18)
  }
}

import Datasets
import Experiments
import Foundation
import Layers
import Tensors
import TestSupport
import Testing
import Training

/// The numbers of parameters of the named networks, counted without making them.
struct WideResNetCountTests {
  /// A configuration, how it differs, the network's name in the golden file, and the number that the original has.
  static let references: [(path: String, overrides: [String], golden: String, parameters: Int)] = [
    ("wrn10_4_d4d2d1", [], "wrn10_4 N4 f r3 10cls (main default)", 1_217_929),
    ("wrn10_4_rot90", [], "wrn10_4 N4 f r0 10cls (--rot90)", 1_062_307),
    ("wrn16_8_stl_d8d4d1", [], "wrn16_8_stl_d8d4d1 10cls", 11_957_234),
    ("wrn16_8_stl_d8d4d4", [], "wrn16_8_stl_d8d4d4 10cls", 10_791_956),
    ("wrn16_8_stl_d1d1d1", [], "wrn16_8_stl_d1d1d1 10cls", 10_017_717),
    ("wrn28_7_d8d4d1", [], "wrn28_7_d8d4d1 10cls", 18_195_726),
    ("wrn28_10_d8d4d1", [], "wrn28_10_d8d4d1 10cls", 37_183_014),
    ("wrn28_10_d8d4d1_cifar100", [], "wrn28_10_d8d4d1 100cls", 37_264_554),
    ("wrn28_10_c8c4c1", [], "wrn28_10_c8c4c1 10cls", 37_170_767),
    ("wrn28_10_d1d1d1", [], "wrn28_10_d1d1d1 10cls", 32_789_495),
    (
      "wrn16_8_stl_d8d4d1", ["model.fixParameters=false"], "wrn16_8_stl_d8d4d1 fixparams=False", 4_184_142
    ),
    ("wrn28_10_d8d4d1", ["model.fixParameters=false"], "wrn28_10_d8d4d1 fixparams=False", 13_632_110),
  ]

  private static func count(_ path: String, _ overrides: [String]) throws -> Int {
    let file = Samples.root.appending(path: "Configs/wide_resnet/\(path).yaml").path
    let configuration = try Experiment(path: file, overrides: overrides).configuration
    guard case .wideResNet(let settings) = configuration.model else {
      Issue.record("\(path) is no wide residual network")
      return 0
    }
    return try settings.parameterCount(
      channels: configuration.data.imageShape.channels, classes: configuration.data.classNames.count)
  }

  @Test func theCountsAreThoseOfTheOriginal() throws {
    let counts = try #require(ReferenceGoldens.load().parameterCounts["e2cnn"])
    // One of the golden file's networks is no residual one: that of the model notebook.
    #expect(counts.count == Self.references.count + 1)
    var lines = ["network                                    here      e2cnn  split by orbits"]
    func padded(_ number: Int, _ width: Int) -> String {
      let text = "\(number)"
      return String(repeating: " ", count: max(0, width - text.count)) + text
    }
    for reference in Self.references {
      let found = try Self.count(reference.path, reference.overrides)
      let split = try Self.count(reference.path, reference.overrides + ["model.splitRestricted=true"])
      let name = "\(reference.path)\(reference.overrides.isEmpty ? "" : " fixed channels")"
      lines.append(
        name.padding(toLength: 38, withPad: " ", startingAt: 0) + padded(found, 11) + padded(reference.parameters, 11)
          + padded(split, 17))
      #expect(found == reference.parameters, "\(reference.path) \(reference.overrides)")
      #expect(counts[reference.golden] == reference.parameters, "\(reference.golden)")
      // Split fields are normalized one by one, which adds parameters of batch norms and nothing else.
      #expect(split >= found && split - found < 3000)
    }
    print(lines.joined(separator: "\n"))
  }

  @Test func thePlainCountsAreThosePublished() throws {
    #expect(try Self.count("wrn28_10", []) == 36_479_194)
    #expect(try Self.count("wrn28_10", ["data.kind=cifar100"]) == 36_536_884)
    #expect(try Self.count("wrn16_8_stl", []) == 10_961_370)
  }

  /// Small networks in which everything occurs.
  @Test(arguments: [
    (8, true, 3, true, false), (8, true, 2, false, true), (4, false, 1, true, true), (8, false, 3, true, false),
    (1, true, 0, true, false), (1, false, 0, false, false), (2, true, 3, true, true),
  ])
  func whatIsCountedIsWhatIsMade(
    _ rotations: Int, _ flips: Bool, _ restriction: Int, _ convToTrivial: Bool, _ split: Bool
  ) throws {
    let settings = WideResNetConfiguration(
      depth: 10, widen: 1, rotations: rotations, flips: flips, restriction: restriction, convToTrivial: convToTrivial,
      splitRestricted: split)
    var rng = Generator(seed: 1)
    let image = ImageShape(channels: 3, height: 17, width: 17)
    let network = try SteerableWideResNet(settings, imageShape: image, classes: 7, rng: &rng)
    #expect(try settings.parameterCount(channels: 3, classes: 7) == network.parameterCount)
    let plain = WideResNetConfiguration(kind: .plain, depth: 16, widen: 1)
    let other = try WideResNet(plain, imageShape: image, classes: 7, rng: &rng)
    #expect(try plain.parameterCount(channels: 3, classes: 7) == other.parameterCount)
  }
}

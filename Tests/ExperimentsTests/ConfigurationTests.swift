import Datasets
import EquivarianceTesting
import EquivariantLayers
import Experiments
import Foundation
import Layers
import Tensors
import Testing
import Training

struct ConfigurationTests {
  /// Every configuration in the checkout, by its path below `Configs`.
  static let shipped: [String] = {
    let folder = Samples.root.appending(path: "Configs")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  private func experiment(_ path: String, overrides: [String] = []) throws -> Experiment {
    try Experiment(path: Samples.root.appending(path: "Configs/\(path)").path, overrides: overrides)
  }

  @Test func thereAreSome() { #expect(Self.shipped.count >= 4) }

  @Test(arguments: shipped) func shippedConfigurationsBuild(_ path: String) throws {
    let experiment = try experiment(path)
    let image = experiment.configuration.data.imageShape
    if case .wideResNet(let settings) = experiment.configuration.model {
      // Tens of millions of weights are counted, not made.
      #expect(try settings.parameterCount(channels: image.channels, classes: 10) > 1000)
      return
    }
    let network = try experiment.makeModel()
    #expect(network.parameterCount > 1000)
    guard let steerable = network.steerableLayers, network is SteerableCNN else { return }
    let side = experiment.configuration.model.inputSide ?? image.height
    var warnings: [String] = []
    var shape = steerable.evaluateOutputShape([1, image.channels, side, side])
    #expect(Array(shape.suffix(2)) == [1, 1])
    shape = [1, image.channels, side, side]
    for part in steerable.parts {
      if let warning = part.latticeWarning(for: shape) { warnings.append(warning) }
      shape = part.evaluateOutputShape(shape)
    }
    #expect(warnings.isEmpty, "not exact on the grid: \(warnings)")
  }

  /// Images of 28 pixels in a square of 29: a verification feeds the square itself, which must not be padded again.
  @Test func aPaddedNetworkIsVerified() throws {
    let experiment = try experiment(
      "rotated_mnist/c8_small.yaml",
      overrides: ["model.inputSide=29", "model.blocks=[{fields: 2 regular, kernelSize: 5, padding: 0}]"])
    let result = try Verification(
      experiment.makeModel(), name: "padded", configuration: experiment.configuration)
    #expect(result.holds, "\(result.latticeMaximum)")
    #expect(result.layers.first?.own.inputShape == [1, 1, 29, 29])
    // It says that what is tested is not what a user turns.
    #expect(result.imageSide == 29)
    #expect(result.note?.contains("28×28 to 29×29") == true && result.note?.contains("0.5 pixels off") == true)
  }

  @Test func aVerificationNeedsTheDataOfItsNetwork() throws {
    let small = try Samples.network(Samples.steerable("C4"))
    let other = try experiment("demo/c8.yaml")
    let error = #expect(throws: ModelError.self) {
      try Verification(small, name: "other", configuration: other.configuration)
    }
    #expect(error == .otherImages(network: "1×17×17", data: "1×41×41"), "\(String(describing: error))")
  }

  @Test func imagesOfAnotherSizeAreRefused() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let network = try Samples.network(Samples.steerable("C4", inputSide: 21))
      _ = network(Tensor.zeros([2, 1, 19, 19]))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      message.contains("made for images [N, 1, 17, 17], or padded to [N, 1, 21, 21], got [2, 1, 19, 19]"), "\(message)")
  }

  @Test(arguments: [("cutoff: 3", "3.0"), ("cutoff: \"-2\"", "-2"), ("cutoff: -2", "-2.0"), ("stride: 1", "default")])
  func bandLimitsAreNumbersOrNames(_ setting: String, _ cutoff: String) throws {
    try Samples.withFolder { folder in
      let file = folder.appending(path: "c.yaml")
      try Samples.configuration(name: "tiny", model: Samples.model("C4"))
        .replacing("kernelSize: 3", with: "kernelSize: 3, \(setting)")
        .write(to: file, atomically: true, encoding: .utf8)
      let experiment = try Experiment(path: file.path)
      guard case .cnn(let model) = experiment.configuration.model else {
        Issue.record("not a network of blocks")
        return
      }
      #expect(model.blocks[1].cutoff == cutoff)
      try experiment.resolved.yaml.write(to: file, atomically: true, encoding: .utf8)
      #expect(try Experiment(path: file.path).configuration == experiment.configuration)
    }
  }

  @Test func theNotebookNetworkHasItsParameters() throws {
    #expect(try experiment("rotated_mnist/model_notebook.yaml").makeModel().parameterCount == 2_067_434)
  }

  @Test func bothDemoNetworksSeeTheSameImages() throws {
    let (steerable, plain) = (try experiment("demo/c8.yaml"), try experiment("demo/plain.yaml"))
    #expect(steerable.configuration.data == plain.configuration.data)
    #expect(steerable.configuration.training == plain.configuration.training)
  }

  @Test func theResolvedSettingsReadBackTheSame() throws {
    for path in Self.shipped {
      let experiment = try experiment(path)
      try Samples.withFolder { folder in
        let file = folder.appending(path: "config.yaml")
        try experiment.resolved.yaml.write(to: file, atomically: true, encoding: .utf8)
        let again = try Experiment(path: file.path)
        #expect(again.configuration == experiment.configuration)
        #expect(again.resolved == experiment.resolved)
      }
    }
  }

  /// A line of a configuration, what it is replaced by, and what the error must say, with the line's number.
  @Test(arguments: [
    ("fields: \"2 regular\", kernelSize: 3", "fields: \"2 regulr\", kernelSize: 3", "c.yaml:9", "regulr"),
    ("fields: \"2 regular\", kernelSize: 3", "fields: \"2 irrep(1)\", kernelSize: 3", "c.yaml:9", "ReLU"),
    ("fields: \"2 regular\", kernelSize: 3", "channels: 3, kernelSize: 3", "c.yaml:9", "fields"),
    ("fields: \"2 regular\", kernelSize: 3", "fields: \"9999 regular\", kernelSize: 3", "c.yaml:9", "channels"),
    (
      "fields: \"2 regular\", kernelSize: 3", "fields: \"2 regular\", kernelSize: 3, cutoff: steep", "c.yaml:9", "steep"
    ),
    ("group: C4", "group: E8", "c.yaml:6", "E8"), ("group: C4", "group: C5000", "c.yaml:6", "256"),
    ("imageSide: 17, training: 64", "imageSide: 257, training: 1000000", "c.yaml:3", "GB"),
    ("kind: simulated-galaxies, imageSide: 17, training: 64", "kind: mnist, training: 59990", "c.yaml:3", "60000"),
    (
      "kind: simulated-galaxies, imageSide: 17, training: 64", "kind: mnist, training: 4, test: 10001", "c.yaml:3",
      "twice"
    ),
    ("head: [8]", "head: [0]", "c.yaml:10", "head"),
    ("head: [8]", "head: [65536, 65536]", "c.yaml:10", "billion"),
    ("fields: \"2 regular\", kernelSize: 3", "fields: \"2 regular\", kernelSize: 31, cutoff: 90", "c.yaml:9", "memory"),
    ("kind: simulated-galaxies, imageSide: 17, training: 64", "kind: cifar10, training: 50001", "c.yaml:3", "50000"),
    ("kind: simulated-galaxies, imageSide: 17, training: 64", "kind: cifar10, testFiles: []", "c.yaml:3", "testFiles"),
    ("kind: simulated-galaxies, imageSide: 17, training: 64", "kind: pcam, training: 262145", "c.yaml:3", "262144"),
    (
      "kind: simulated-galaxies, imageSide: 17, training: 64", "kind: stl10, training: 9, testFiles: [a]", "c.yaml:3",
      "testFiles"
    ),
  ])
  func wrongSettingsNameTheirLine(_ line: String, _ other: String, _ place: String, _ word: String) throws {
    try Samples.withFolder { folder in
      let file = folder.appending(path: "c.yaml")
      let text = Samples.configuration(name: "tiny", model: Samples.model("C4"))
      try #require(text.contains(line))
      try text.replacing(line, with: other).write(to: file, atomically: true, encoding: .utf8)
      do {
        _ = try Experiment(path: file.path)
        Issue.record("no error")
      } catch {
        let message = "\(error)"
        #expect(message.contains(place) && message.contains(word), "\(message)")
        #expect(!message.contains("\n"))
      }
    }
  }
}

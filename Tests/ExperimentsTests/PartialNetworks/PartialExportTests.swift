import Datasets
import Experiments
import Foundation
import Interchange
import Layers
import ModelExport
import PartialEquivariance
import Tensors
import TestSupport
import Testing
import Training

/// Every network that `Configs/partial` names, made small, leaves as plain layers with the logits of its tests.
@Suite struct PartialExportTests {
  private static let folder = Checkout.root.appending(path: "Configs/partial")

  /// The networks for CIFAR-100 are those for CIFAR-10 with more classes.
  static let configurations: [String] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("cifar100/") }.sorted()
  }()

  /// A network away from where it begins, in evaluation mode, with images and their logits.
  private static func network(
    _ configuration: String
  ) throws -> (model: any ImagePredictor, images: Tensor, logits: Tensor) {
    let experiment = try Experiment(
      path: folder.appending(path: configuration).path, overrides: ["model.hidden=2", "model.kernel.hidden=3"])
    let model = try experiment.makeModel()
    let network = try #require(model as? PartialClassifier).network
    for sampler in network.learnedSamplers { sampler.support?.update { $0 * 0.7 } }
    var rng = Generator(seed: 12)
    let shape = model.imageShape
    func images(_ count: Int) -> Tensor {
      Tensor.randn([count, shape.channels, shape.height, shape.width], using: &rng)
    }
    model.train()
    for _ in 0..<2 { _ = withoutGradient { model(images(4)) } }
    model.eval()
    let tested = images(3)
    return (model, tested, withoutGradient { model(tested) })
  }

  @Test func allKindsAreThere() {
    let kinds = Set(Self.configurations.map { $0.split(separator: "/").last.map(String.init) ?? "" })
    #expect(
      kinds.isSuperset(of: ["ck_augerino_e2.yaml", "gcnn_augerino_se2.yaml", "ck_e2_partial.yaml", "ck_t2.yaml"]))
  }

  @Test(arguments: configurations) func torchScriptGivesTheLogitsOfTests(_ configuration: String) throws {
    let (model, images, logits) = try Self.network(configuration)
    let plain = model.export()
    plain.eval()
    let scale = max(1, logits.abs().max().item())
    #expect(withoutGradient { plain(images) }.maxAbsDifference(to: logits) <= 1e-5 * scale)
    #expect(try torchScript(of: plain)(images).maxAbsDifference(to: logits) <= 1e-5 * scale)
  }

  @Test(.enabled(if: Python.isAvailable, "\(Python.isAbsent)")) func onnxruntimeGivesTheLogitsOfTests() throws {
    try Samples.withFolder { folder in
      // Of networks for several data one is enough.
      let chosen = Self.configurations.filter { $0.hasPrefix("rotmnist/") }
      for (index, configuration) in chosen.enumerated() {
        let (model, images, logits) = try Self.network(configuration)
        let sample = Shape(Array(images.shape.dropFirst()))
        try exportONNX(model.export(), sampleShape: sample, to: folder.appending(path: "\(index).onnx"))
        try NumPy.write(images, to: folder.appending(path: "\(index).input.npy"))
        try NumPy.write(logits, to: folder.appending(path: "\(index).output.npy"))
      }
      let reports = try ONNXRuntime.reports(of: folder)
      #expect(reports.count == chosen.count)
      for report in reports {
        #expect(report.difference <= 1e-5 && report.alone <= 1e-5, "\(chosen[Int(report.name) ?? 0]): \(report)")
      }
    }
  }
}

import Foundation
import Interchange
import Layers
import ModelExport
import Tensors
import TestSupport
import Testing

@Suite struct TorchScriptFileTests {
  /// All layers in float64, where the program and the layer agree to rounding.
  @Test(arguments: LayerCase.all)
  func programsAgree(_ example: LayerCase) throws {
    var rng = Generator(seed: 4)
    let layer = example.trained(&rng)
    layer.to(.float64)
    let input = example.samples(3, &rng).to(.float64)
    let script = try torchScript(of: layer)
    #expect(difference(withoutGradient { script(input) }, withoutGradient { layer(input) }) < 1e-12)
    let names = Set(script.names)
    for key in layer.stateDict().keys where !key.hasSuffix("num_batches_tracked") { #expect(names.contains(key)) }
  }

  @Test func filesAreCompleteOrAbsent() throws {
    var rng = Generator(seed: 5)
    let net = ONNXFileTests.network(&rng)
    try withFolder { folder in
      let url = folder.appending(path: "model.pt")
      // What an earlier export left is replaced, and nothing else is touched.
      try Data("old".utf8).write(to: url)
      try Data("mine".utf8).write(to: folder.appending(path: "model.pt.part"))
      try exportTorchScript(net, to: url)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["model.pt", "model.pt.part"])
      let images = Tensor.randn([2, 1, 6, 6], using: &rng)
      let script = try TorchScriptModule.load(from: url.path)
      #expect(difference(withoutGradient { script(images) }, withoutGradient { net(images) }) < 1e-5)
    }
  }

  /// What is prepared for this processor is not written, and what was written can be prepared.
  @Test func inferencePreparationIsNotSaved() throws {
    var rng = Generator(seed: 6)
    let layer = Conv2D(from: 16, to: 16, kernelSize: 3, rng: &rng)
    let program = try torchScript(of: layer)
    let prepared = try program.optimizedForInference()
    let isChanged = prepared.operators.contains { $0.hasPrefix("steerable::") }
    #expect(isChanged == Tensor.multipliesBlocks(of: .float32))
    try withFolder { folder in
      let url = folder.appending(path: "model.pt")
      if isChanged {
        #expect(throws: TorchError.self) { try prepared.save(to: url) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
      }
      try program.save(to: url)
      let read = try TorchScriptModule.load(from: url.path).optimizedForInference()
      let images = Tensor.randn([1, 16, 9, 9], using: &rng)
      #expect(difference(withoutGradient { read(images) }, withoutGradient { prepared(images) }) < 1e-6)
    }
  }

  @Test func errorsNameTheFile() throws {
    let error = #expect(throws: InterchangeError.self) {
      try exportTorchScript(Activation(.relu), to: URL(filePath: "/nowhere/model.pt"))
    }
    #expect(error?.path == "/nowhere/model.pt")
  }
}

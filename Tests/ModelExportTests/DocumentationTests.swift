import EquivariantLayers
import Foundation
import Interchange
import Layers
import ModelExport
import OrderedCollections
import Symmetry
import Tensors
import TestSupport
import Testing

/// The Python of the article "Exporting" loads each format.
@Suite(.enabled(if: Python.isAvailable, "no .cache/python; run Tools/setup-python.sh"))
struct DocumentationTests {
  /// The Python blocks of an article, in order.
  static func snippets(of article: String) throws -> [String] {
    let url = Checkout.root.appending(path: "Sources/Steerable/Steerable.docc/\(article)")
    let text = try String(contentsOf: url, encoding: .utf8)
    return text.components(separatedBy: "```python\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
  }

  struct Answer: Decodable {
    let onnx: [Double]
    let torchscript: [Double]
    let about: [String: String]
    let sizes: [String: [Int]]
  }

  @Test func everyFormatLoads() throws {
    var rng = Generator(seed: 1)
    let plane = GSpace.rotations(4)
    let image = FieldType(plane, plane.trivial)
    let hidden = FieldType(plane, 2 * plane.regular)
    let features = SequentialModule(
      R2Conv(from: image, to: hidden, kernelSize: 5, rng: &rng), InnerBatchNorm(hidden), ReLU(hidden),
      GroupPooling(hidden))
    let plain = Sequential([
      features.export(), AdaptiveAvgPool2D(), Flatten(), Linear(from: 2, to: 3, rng: &rng),
    ])
    plain.eval()
    try withFolder { folder in
      try exportONNX(
        plain, sampleShape: [1, 17, 17], metadata: ["classes": "[]"], to: folder.appending(path: "model.onnx"))
      try exportTorchScript(plain, to: folder.appending(path: "model.pt"))
      try Safetensors.write(plain.stateDict().entries, to: folder.appending(path: "model.safetensors"))
      let blocks = try Self.snippets(of: "Exporting.md")
      try #require(blocks.count == 3)
      let program = """
        import json, os, sys
        os.chdir(sys.argv[1])
        \(blocks[0])
        onnx_logits = logits
        \(blocks[1])
        \(blocks[2])
        print(json.dumps({
          "onnx": onnx_logits.flatten().tolist(), "torchscript": logits.flatten().tolist(), "about": about,
          "sizes": sizes}))
        """
      let answer: Answer = try Python.run(program, [folder.path])
      let expected = withoutGradient { plain(Tensor.zeros([5, 1, 17, 17])) }.scalars(as: Double.self)
      for found in [answer.onnx, answer.torchscript] {
        #expect(found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
      }
      #expect(answer.about["classes"] == "[]")
      #expect(answer.sizes == plain.stateDict().entries.reduce(into: [:]) { $0[$1.key] = Array($1.value.shape) })
    }
  }
}

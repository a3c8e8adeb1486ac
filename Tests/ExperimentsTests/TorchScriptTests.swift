import Experiments
import Foundation
import Layers
import ModelExport
import Tensors
import TestSupport
import Testing
import Training

/// Exported networks give the same logits in Python's PyTorch.
@Suite(.enabled(if: Python.isAvailable, "\(Python.isAbsent)"))
struct TorchScriptTests {
  private static let program = """
    import json, sys, torch
    folder, count = sys.argv[1], int(sys.argv[2])
    images = torch.tensor(json.load(open(folder + "/images.json"))).reshape(-1, 1, 17, 17)
    answers = []
    for index in range(count):
        network = torch.jit.load(f"{folder}/{index}.pt")
        with torch.no_grad():
            # One image alone must give what it gives within a batch.
            together = network(images)
            alone = torch.cat([network(image[None]) for image in images])
        answers.append({
            "logits": together.flatten().tolist(), "alone": (together - alone).abs().max().item(),
            "parameters": sum(p.numel() for p in network.parameters())})
    print(json.dumps(answers))
    """

  @Test func pythonGivesTheSameLogits() throws {
    struct Answer: Decodable {
      let logits: [Double]
      let alone: Double
      let parameters: Int
    }
    let pools = [
      "{kind: max-antialiased, kernelSize: 3, stride: 2}", "{kind: average, kernelSize: 3, stride: 2, padding: 1}",
      "{kind: average-antialiased, stride: 2}", "{kind: max, kernelSize: 3, stride: 2}",
    ]
    try Samples.withFolder { folder in
      let images = Samples.images(5)
      try JSONEncoder().encode(images.scalars(as: Float.self)).write(to: folder.appending(path: "images.json"))
      var expected: [(logits: [Double], parameters: Int)] = []
      for (index, pool) in pools.enumerated() {
        for group in ["D4", nil] {
          let extra = index == 3 ? "" : "  maskMargin: 2\n  inputSide: 21\n  nonlinearity: elu\n  dropout: 0.2"
          let text = Samples.configuration(name: "export", model: Samples.model(group, extra: extra), epochs: 1)
            .replacing("{kind: average-antialiased, stride: 2}", with: pool)
          let file = folder.appending(path: "c.yaml")
          try text.write(to: file, atomically: true, encoding: .utf8)
          let path = folder.appending(path: "run\(expected.count)").path
          #expect(try Experiment(path: file.path).train(output: path).test != nil)

          // As the command does: from the folder of the run alone.
          let run = try RunDirectory.open(at: path)
          let network = try Experiment(run: run).makeModel()
          try run.loadWeights(into: network)
          network.eval()
          let plain = network.export()
          try exportTorchScript(plain, to: folder.appending(path: "\(expected.count).pt"))
          expected.append((withoutGradient { network(images).scalars(as: Double.self) }, plain.parameterCount))
        }
      }
      let answers: [Answer] = try Python.run(Self.program, [folder.path, "\(expected.count)"])
      #expect(answers.count == expected.count)
      for (answer, expected) in zip(answers, expected) {
        let difference = zip(answer.logits, expected.logits).map { abs($0 - $1) }.max() ?? .infinity
        #expect(difference <= 1e-5)
        #expect(answer.logits.count == expected.logits.count)
        #expect(answer.alone <= 1e-5)
        #expect(answer.parameters == expected.parameters)
      }
    }
  }
}

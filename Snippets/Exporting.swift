// The Swift of the article "Exporting": a network in three formats, and a layer of one's own.
import Foundation
import Steerable

public final class Scale: Layer {
  public let factor: Parameter
  public init(_ factor: Tensor) { self.factor = Parameter(factor) }
  public override func callAsFunction(_ x: Tensor) -> Tensor { x * factor.value }
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(.combine(input, .multiply, graph.tensor(factor, named: "factor")))
  }
}

var rng = Generator(seed: 0)
let plane = GSpace.rotations(8)
let image = FieldType(plane, plane.trivial)
let hidden = FieldType(plane, 4 * plane.regular)
let features = SequentialModule(
  R2Conv(from: image, to: hidden, kernelSize: 5, rng: &rng), InnerBatchNorm(hidden), ReLU(hidden),
  GroupPooling(hidden), PointwiseAdaptiveMaxPool(GroupPooling(hidden).outputType, outputSize: 1))
let head = Sequential(Scale(Tensor.ones([4])), Linear(from: 4, to: 3, rng: &rng))
features.eval()

let folder = FileManager.default.temporaryDirectory
let plain = Sequential([features.export(), Flatten(), head])
plain.eval()
try exportONNX(plain, sampleShape: [1, 17, 17], to: folder.appending(path: "model.onnx"))
try exportTorchScript(plain, to: folder.appending(path: "model.pt"))
try Safetensors.write(plain.stateDict().entries, to: folder.appending(path: "model.safetensors"))

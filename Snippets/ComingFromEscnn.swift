// The network at the top of Docs/coming-from-escnn.md, and the line that reads weights in the article of that name.
import Foundation
import Steerable

let c8 = GSpace.rotations(8)
let image = FieldType(c8, [c8.trivial])
let hidden = FieldType(c8, 16 * c8.regular)
var rng = Generator(seed: 0)
let network = SequentialModule([
  R2Conv(from: image, to: hidden, kernelSize: 7, padding: 3, rng: &rng), InnerBatchNorm(hidden), ReLU(hidden),
  PointwiseAvgPoolAntialiased(hidden, sigma: 0.66, stride: 2), GroupPooling(hidden),
])
let x = GeometricTensor(.randn([1, 1, 33, 33], using: &rng), image)
let y = network(x).tensor
network.eval()
let plain = network.export()
print(y.shape, plain)

func importWeights(into network: Module) throws {
  let report = try network.importState(ForeignStateDict(URL(filePath: "model.pt")))
  print("largest residual \(report.largestResidual)")
}
if CommandLine.arguments.contains("--import") { try importWeights(into: network) }

import Foundation
import Steerable

// A network whose output turns with its input: f(g·x) = g·f(x) for every rotation g by a multiple of 45 degrees. Tested here
// by a quarter turn, which maps the pixel grid to itself, so that nothing is resampled and the two agree to rounding.
var rng = Generator(seed: 0)
let c8 = GSpace.rotations(8)
let image = FieldType(c8, [c8.trivial])
let hidden = FieldType(c8, 16 * c8.regular)
let network = SequentialModule([
  R2Conv(from: image, to: hidden, kernelSize: 7, padding: 3, rng: &rng), InnerBatchNorm(hidden), ReLU(hidden),
  R2Conv(from: hidden, to: hidden, kernelSize: 5, padding: 2, rng: &rng), InnerBatchNorm(hidden), ReLU(hidden),
  GroupPooling(hidden),
])
network.eval()

let x = GeometricTensor(.randn([1, 1, 33, 33], using: &rng), image)
let quarterTurn = c8[2]
let turnedBefore = network(x.transformed(by: quarterTurn)).tensor
let turnedAfter = network(x).transformed(by: quarterTurn).tensor
let error = (turnedBefore - turnedAfter).abs().max()
print("largest difference between f(g·x) and g·f(x): \(error.item())")
exit(error.item() < 1e-4 ? 0 : 1)

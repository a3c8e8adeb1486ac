// The ten lines of the README.
import Steerable

var rng = Generator(seed: 0)
let c8 = GSpace.rotations(8)
let image = FieldType(c8, [c8.trivial])
let hidden = FieldType(c8, 16 * c8.regular)
let network = SequentialModule([
  R2Conv(from: image, to: hidden, kernelSize: 7, padding: 3, rng: &rng), InnerBatchNorm(hidden), ReLU(hidden),
  GroupPooling(hidden),
])
let x = GeometricTensor(.randn([1, 1, 33, 33], using: &rng), image)
print(network(x.transformed(by: c8[2])).tensor - network(x).transformed(by: c8[2]).tensor)

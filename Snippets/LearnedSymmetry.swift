// The program of Docs/partial-equivariance.md: a network that may give up a part of its symmetry.
import Layers
import Optimizers
import PartialEquivariance
import Symmetry
import Tensors

var rng = Generator(seed: 0)
let sampling = GroupSampling(.so2, count: 8, method: .random, perLayer: true)
let options = NetworkOptions(
  hidden: 8, widths: [1, 1], poolBlocks: [0, 1], sampling: sampling, isPartial: true,
  kernel: ContinuousKernel(.siren, hidden: 16, omega0: 10))
let network = try CKResNet(options, channels: 1, side: 28, classes: 2, rng: &rng)
network.trainingSteps = 40

// Bars with a bright end to the right, and the same turned by half a circle: no invariant network can tell them apart.
let bar = Tensor.zeros([28, 28])
let ramp = Tensor.linspace(0, 1, count: 28).reshape([1, 28]) + bar
let images = Tensor.stacked([ramp, ramp.rot90(2)]).unsqueeze(1).repeatEach(4, along: 0)
let labels = Tensor([0, 0, 0, 0, 1, 1, 1, 1], shape: [8])

// Supports move slowly at the rate of weights.
let supports = network.parameters.filter { $0.key.hasSuffix("support") }
let others = network.parameters.filter { !$0.key.hasSuffix("support") }
var adam = Adam(
  groups: [ParameterGroup(others), ParameterGroup(supports, learningRateFactor: 5)], learningRate: 0.01)
for _ in 0..<40 {
  let noisy = images + Tensor.randn(images.shape, using: &rng) * 0.1
  let loss = crossEntropy(logits: network(noisy), targets: labels)
  adam.step { loss.backward() }
}
network.eval()
let logits = withoutGradient { network(images) }
print("predictions", logits.argmax(along: 1).scalars(as: Int.self))
for sampler in network.learnedSamplers { print("support", sampler.supportValues ?? []) }

// The elements of a test are fixed, so the network is an ordinary one that other systems load.
let plain = network.export()
print("exported", withoutGradient { plain(images).maxAbsDifference(to: logits) } < 1e-4)

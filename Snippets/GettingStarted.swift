// The program of the article "Getting started": is a bar of light longer than it is wide?
import Foundation
import Steerable

let plane = GSpace.rotations(4)
let image = FieldType(plane, [plane.trivial])
let hidden = FieldType(plane, 8 * plane.regular)

var rng = Generator(seed: 0)
let features = SequentialModule([
  R2Conv(from: image, to: hidden, kernelSize: 5, padding: 2, rng: &rng), InnerBatchNorm(hidden), ReLU(hidden),
  R2Conv(from: hidden, to: hidden, kernelSize: 5, padding: 2, rng: &rng), InnerBatchNorm(hidden), ReLU(hidden),
  PointwiseAdaptiveAvgPool(hidden, outputSize: 1), GroupPooling(hidden),
])
let head = Linear(from: 8, to: 2, rng: &rng)

/// Sixteen images of 17x17 pixels: horizontal bars (class 1) or discs (class 0), with noise.
func batch(using rng: inout Generator) -> (images: Tensor, labels: Tensor) {
  var pixels: [Float] = []
  var labels: [Int] = []
  for _ in 0..<16 {
    let label = Int.random(in: 0...1, using: &rng)
    let (width, height) = label == 1 ? (5.0, 1.5) : (2.7, 2.7)
    for row in 0..<17 {
      for column in 0..<17 {
        let (x, y) = (Double(column - 8) / width, Double(row - 8) / height)
        pixels.append(Float(exp(-(x * x + y * y)) + Double.random(in: -0.1...0.1, using: &rng)))
      }
    }
    labels.append(label)
  }
  return (Tensor(pixels, shape: [16, 1, 17, 17]), Tensor(labels, shape: [16]))
}

var adam = Adam(features.parameters + head.parameters, learningRate: 0.01)
for step in 0..<40 {
  let (images, labels) = batch(using: &rng)
  let invariants = features(GeometricTensor(images, image)).tensor.flatten(from: 1)
  let loss = crossEntropy(logits: head(invariants), targets: labels)
  adam.step { loss.backward() }
  if step % 10 == 9 { print("step \(step + 1): loss \(loss.item())") }
}

features.eval()
let x = GeometricTensor(.randn([1, 1, 17, 17], using: &rng), image)
let turned = features(x.transformed(by: plane[1]))
let difference = (turned.tensor - features(x).tensor).abs().max().item()
print("change under a quarter turn: \(difference)")

let plain = Sequential([features.export(), Flatten(), head])
let url = FileManager.default.temporaryDirectory.appending(path: "getting-started.pt")
try exportTorchScript(plain, to: url)
print("exported to \(url.path)")

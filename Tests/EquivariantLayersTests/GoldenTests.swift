import EquivariantLayers
import Layers
import Symmetry
import Tensors
import TestSupport
import Testing

/// Outputs of single layers of the reference library.
struct GoldenTests {
  private func compare(_ prefix: String, _ output: Tensor, tolerance: Double = 2e-5) throws {
    let expected = try #require(ReferenceGoldens.load().layer(prefix)?.values, "no golden layer \(prefix)")
    let found: [Double] = output.scalars(as: Double.self)
    #expect(found.count == expected.count)
    let difference = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(difference <= tolerance, "\(prefix): \(difference)")
    print("golden layers: \(prefix): \(expected.count) numbers, largest difference \(difference)")
  }

  private func convolution(
    _ space: GSpace, _ output: [Representation], kernelSize: Int, padding: Int
  ) -> Tensor {
    var rng = Generator(seed: 0)
    let layer = R2Conv(
      from: FieldType(space, space.trivial), to: FieldType(space, output), kernelSize: kernelSize, padding: padding,
      dtype: .float64, rng: &rng)
    layer.weights.assign(referenceWeights(layer.weightCount))
    if let bias = layer.bias { bias.assign(referenceBias(bias.value.count)) }
    return layer(GeometricTensor(referenceInput([1, 1, 6, 6]), layer.inputType)).tensor
  }

  @Test func convolutions() throws {
    let (c4, d4, c8) = (GSpace.rotations(4), GSpace.dihedral(4), GSpace.rotations(8))
    try compare("R2Conv C4", convolution(c4, 2 * c4.regular, kernelSize: 3, padding: 1))
    try compare("R2Conv D4", convolution(d4, 2 * d4.regular, kernelSize: 3, padding: 0))
    try compare("R2Conv C8", convolution(c8, 2 * c8.irrep(1), kernelSize: 5, padding: 0))
  }

  @Test func normalizationAndPooling() throws {
    let c4 = GSpace.rotations(4)
    let regular = FieldType(c4, 2 * c4.regular)
    let scalar = FieldType(c4, c4.trivial)
    let norm = InnerBatchNorm(regular, dtype: .float64)
    for format in [MemoryFormat.contiguous, .channelsLast] {
      let input = referenceInput([2, 8, 3, 3]).toMemoryFormat(format)
      try compare("InnerBatchNorm(train)", norm(GeometricTensor(input, regular)).tensor)
    }
    let image = GeometricTensor(referenceInput([1, 1, 7, 7]), scalar)
    try compare(
      "AvgPoolAntialiased", PointwiseAvgPoolAntialiased(scalar, sigma: 0.66, stride: 2)(image).tensor)
    try compare(
      "MaxPoolAntialiased",
      PointwiseMaxPoolAntialiased(scalar, kernelSize: 3, stride: 2, padding: 1, sigma: 0.6)(image).tensor)
    let ones = GeometricTensor(Tensor.ones([1, 1, 9, 9], dtype: .float64), scalar)
    try compare("MaskModule", MaskModule(scalar, size: 9)(ones).tensor)
  }
}

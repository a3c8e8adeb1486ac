import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

/// Exported steerable networks compute the same after they were prepared for inference.
@Suite struct NetworkInferencePreparationTests {
  /// Few functions in windows of 5² pixels, over the eight rotations.
  private static func rotations(_ rng: inout Generator) -> SequentialModule {
    let c8 = GSpace.rotations(8)
    let input = FieldType(c8, 3 * c8.trivial)
    let hidden = FieldType(c8, 8 * c8.regular)
    return SequentialModule(
      R2Conv(from: input, to: hidden, kernelSize: 5, padding: 2, rng: &rng), InnerBatchNorm(hidden), ReLU(hidden),
      R2Conv(from: hidden, to: hidden, kernelSize: 5, padding: 2, hasBias: false, rng: &rng), ReLU(hidden),
      R2Conv(from: hidden, to: hidden, kernelSize: 5, stride: 2, padding: 1, rng: &rng), GroupPooling(hidden))
  }

  /// Windows of 3² pixels with steps of one and two pixels, smoothed in between, over rotations and reflections.
  private static func reflections(_ rng: inout Generator) -> SequentialModule {
    let d4 = GSpace.dihedral(4)
    let input = FieldType(d4, 1 * d4.trivial)
    let hidden = FieldType(d4, 3 * d4.regular)
    return SequentialModule(
      R2Conv(from: input, to: hidden, kernelSize: 3, padding: 1, rng: &rng), ReLU(hidden),
      R2Conv(from: hidden, to: hidden, kernelSize: 3, stride: 2, padding: 1, rng: &rng), InnerBatchNorm(hidden),
      ReLU(hidden), PointwiseMaxPoolAntialiased(hidden, kernelSize: 2, stride: 1),
      R2Conv(from: hidden, to: hidden, kernelSize: 3, padding: 1, rng: &rng), GroupPooling(hidden))
  }

  @Test(arguments: [true, false])
  func stepsOfNetworks(_ areRotations: Bool) throws {
    var rng = Generator(seed: 1)
    let network = areRotations ? Self.rotations(&rng) : Self.reflections(&rng)
    let channels = network.inputType.size
    // The statistics of normalizations are no zeros and ones.
    withoutGradient { _ = network(network.inputType(Tensor.randn([8, channels, 14, 15], using: &rng) * 2 + 1)) }
    let exported = network.export()
    // Preparation does what evaluation does, whatever the mode of what was exported.
    let program = try torchScript(of: exported)
    network.eval()
    exported.to(.bfloat16)
    let narrow = try torchScript(of: exported).optimizedForInference()
    let prepared = try program.optimizedForInference()
    if Tensor.multipliesBlocks(of: .float32) {
      let name = areRotations ? "steerable::factorized_convolution" : "steerable::filtered_convolution"
      #expect(prepared.operators.contains(name), "\(prepared.operators)")
    }
    for size in [[14, 15], [7, 6], [4, 4]] {
      for batch in [1, 3] {
        let images = Tensor.randn(Shape([batch, channels] + size), using: &rng).to(.bfloat16).to(.float32)
        let expected = withoutGradient { network(network.inputType(images)).tensor }
        let largest: Double = expected.abs().max().item()
        for images in [images, images.toMemoryFormat(.channelsLast)] {
          let (wide, short) = withoutGradient { (prepared(images), narrow(images.to(.bfloat16))) }
          #expect(maximumDifference(wide, expected) < 1e-5 * largest)
          #expect(maximumDifference(short, expected) < 0.03 * largest)
        }
      }
    }
  }
}

import EquivarianceTesting
import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

/// What normalization and dropout do to the distribution of fields, for every kind of representations.
struct StatisticsTests {
  /// The normalizations of a type, which take the new batch's statistics as they are.
  private func normalizations(_ type: FieldType) -> [EquivariantModule] {
    type.has(.pointwise) ? [InnerBatchNorm(type, momentum: 1, dtype: .float64)] : []
  }

  /// The mean (of all channels, or the largest of the invariant parts) and the mean square of each field.
  private func moments(_ x: GeometricTensor, ofChannels: Bool) -> [(mean: Double, square: Double)] {
    zip(x.type.representations, x.type.channels).map { representation, channels in
      let field = x.tensor.narrow(1, start: channels.lowerBound, length: channels.count)
      if ofChannels { return (abs(field.mean().item()), (field * field).mean().item()) }
      let means = field.mean(along: [0, 2, 3]).scalars(as: Double.self)
      // Rows of the inverse change of basis that belong to trivial irreps.
      var row = 0
      var mean = 0.0
      for irrep in representation.irreps {
        if irrep.isTrivial {
          let part = (0..<representation.size).reduce(0) {
            $0 + representation.changeOfBasisInverse[row, $1] * means[$1]
          }
          mean = max(mean, abs(part))
        }
        row += irrep.size
      }
      return (mean, (field * field).mean().item())
    }
  }

  /// After one batch in training, every transformed copy of it is normalized in evaluation.
  @Test(arguments: [GSpace.rotations(4), .rotations(8), .dihedral(4), .dihedral(3), .so2, .o2, .flips()])
  func normalizedInEveryPose(_ space: GSpace) {
    var rng = Generator(seed: 1)
    for family in RepresentationFamily.all(on: space) {
      let type = family.type
      let x = type(Tensor.randn([40, type.size, 5, 5], using: &rng, dtype: .float64).abs() * 10 + 20)
      for module in normalizations(type) {
        let trained = withoutGradient { module(x) }
        module.eval()
        for element in space.latticeElements {
          let y = withoutGradient { module(x.transformed(by: element)) }
          for (mean, square) in moments(y, ofChannels: module is InnerBatchNorm) {
            #expect(mean < 1e-9, "\(module.line) \(element)")
            // The running variance is the unbiased one.
            #expect(abs(square - 1) < 2e-3, "\(module.line) \(element)")
          }
        }
        #expect(maximumDifference(withoutGradient { module(x) }.tensor, trained.tensor) < 0.02, "\(module.line)")
      }
    }
  }

  /// The share of dropped values, their scale, and which values fall together.
  @Test(arguments: [0.1, 0.5, 0.8]) func dropoutDropsItsShare(_ probability: Double) {
    var rng = Generator(seed: 5)
    let space = GSpace.dihedral(4)
    let type = FieldType(space, [space.regular, space.trivial, space.irrep(1, 1), space.regular, space.trivial])
    let permuted = FieldType(space, [space.regular, space.trivial, space.regular])
    let layers: [(EquivariantModule, isPerField: Bool)] = [
      (FieldDropout(type, probability: probability, rng: &rng), true),
      (PointwiseDropout(permuted, probability: probability, rng: &rng), false),
    ]
    for (layer, isPerField) in layers {
      let ones = layer.inputType(Tensor.ones([20, layer.inputType.size, 40, 40]))
      let y = layer(ones)
      for field in y.split() {
        let dropped = field.tensor.equal(to: 0).to(.float64)
        #expect(abs(dropped.mean().item() - probability) < 8e-3)
        let kept = 1 / (1 - probability)
        let error = (field.tensor.to(.float64) - kept).abs() * (1 - dropped)
        #expect(error.max().item() < 1e-5)
        let agree = maximumDifference(dropped.max(along: 1), dropped.min(along: 1)) == 0
        #expect(agree == (isPerField || field.type.size == 1))
      }
      layer.eval()
      #expect(maximumDifference(layer(ones).tensor, ones.tensor) == 0)
    }
  }

  /// Two dropouts, and two calls, draw different numbers; the saved stream draws the same again.
  @Test func dropoutHasItsOwnStream() throws {
    var rng = Generator(seed: 5)
    let space = GSpace.rotations(4)
    let type = FieldType(space, 2 * space.regular)
    let (one, other) = (FieldDropout(type, rng: &rng), FieldDropout(type, rng: &rng))
    let x = type(Tensor.ones([2, 8, 9, 9]))
    let states = one.generatorStates
    let (first, second) = (one(x).tensor, one(x).tensor)
    #expect(maximumDifference(first, second) > 0 && maximumDifference(first, other(x).tensor) > 0)
    try other.loadGeneratorStates(states)
    #expect(maximumDifference(other(x).tensor, first) == 0)
  }
}

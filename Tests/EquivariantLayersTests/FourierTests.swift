import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

/// How nearly the nonlinearities of band-limited functions commute with rotations.
struct FourierTests {
  private func error(_ module: FourierPointwise, _ elements: [GroupElement]) -> Double {
    var rng = Generator(seed: 31)
    let x = module.inputType(Tensor.randn([16, module.inputType.size, 3, 3], using: &rng, dtype: .float64))
    let y = module(x)
    let errors = elements.map { element -> Double in
      let difference = module(x.transformFibers(by: element)).tensor - y.transformFibers(by: element).tensor
      return difference.square().sum().item().squareRoot() / y.tensor.square().sum().item().squareRoot()
    }
    return errors.max() ?? 0
  }

  /// Angles that no grid has.
  private func generic(_ space: GSpace) -> [GroupElement] {
    [0.123, 0.456, 1.01, 2.5].flatMap { angle in
      (space.group.hasReflections ? [false, true] : [false]).map { space.group.element(angle: angle, reflected: $0) }
    }
  }

  /// More samples make the error smaller; the documentation of `FourierPointwise` tells these numbers.
  @Test(arguments: [GSpace.so2, .o2])
  func moreSamplesAreBetter(_ space: GSpace) {
    let irreps = space.group.irreps(maximumFrequency: 3)
    let samples = [8, 12, 16, 24, 48]
    let errors = samples.map { error(FourierELU(space, channels: 3, irreps: irreps, samples: $0), generic(space)) }
    for (coarse, fine) in zip(errors, errors.dropFirst()) { #expect(fine < coarse) }
    for (error, bound) in zip(errors, [0.25, 0.03, 0.015, 0.004, 0.0005]) { #expect(error < bound) }
  }

  /// Elements that permute the grid are exact; so is a linear function for all elements.
  @Test(arguments: [GSpace.so2, .o2])
  func exactCases(_ space: GSpace) {
    let irreps = space.group.irreps(maximumFrequency: 2)
    let module = FourierPointwise(space, channels: 2, irreps: irreps, samples: 7)
    #expect(error(module, module.grid) < 1e-12)
    #expect(error(module, generic(space)) > 1e-3)
    let linear = FourierPointwise(space, channels: 2, irreps: irreps, samples: 7, function: .leakyRelu(slope: 1))
    #expect(error(linear, generic(space)) < 1e-12)
  }

  @Test func quotients() {
    let cases: [(GSpace, SubgroupID, [Irrep])] = [
      (.so2, .rotations(2), GSpace.so2.group.irreps(maximumFrequency: 4)),
      (.o2, .reflection(angle: 0.7), GSpace.o2.group.irreps(maximumFrequency: 2)),
      (.o2, .rotations(3), GSpace.o2.group.irreps(maximumFrequency: 3)),
      (.o2, .rotationsAll, GSpace.o2.group.irreps(maximumFrequency: 1)),
    ]
    for (space, subgroup, irreps) in cases {
      let errors = [12, 24, 48].map {
        error(
          QuotientFourierELU(space, subgroup: subgroup, channels: 2, irreps: irreps, samples: $0), generic(space))
      }
      #expect(errors[2] < 2e-3, "\(space)/\(subgroup): \(errors)")
      #expect(errors[1] <= errors[0] + 1e-9 && errors[2] <= errors[1] + 1e-9, "\(space)/\(subgroup): \(errors)")
    }
  }

  /// A band limit of its own in the output.
  @Test func otherOutputs() {
    let so2 = GSpace.so2
    let irreps = so2.group.irreps(maximumFrequency: 2)
    let module = FourierELU(
      so2, channels: 3, irreps: irreps, outputIrreps: so2.group.irreps(maximumFrequency: 4), samples: 32)
    #expect(module.outputType.size == 27)
    #expect(error(module, generic(so2)) < 0.01)
    let narrow = FourierELU(so2, channels: 3, irreps: irreps, outputIrreps: [irreps[1]], samples: 32)
    #expect(narrow.outputType == FieldType(so2, 3 * so2.irrep(1)))
    #expect(error(narrow, generic(so2)) < 0.01)
  }
}

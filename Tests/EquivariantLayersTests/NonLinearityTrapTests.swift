import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

/// Mistakes with nonlinearities and normalizations stop the program with one sentence that names the types.
struct NonLinearityTrapTests {
  private static func message(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test func wrongType() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let so2 = GSpace.so2
      let layer = NormNonLinearity(FieldType(so2, 2 * so2.irrep(1)))
      _ = layer(FieldType(so2, 4 * so2.trivial)(Tensor.zeros([1, 4, 3, 3])))
    }
    #expect(
      Self.message(result).contains(
        "NormNonLinearity: input has type 4×trivial(SO2) [4 channels], layer expects 2×irrep(1)(SO2) [4 channels]"))
  }

  @Test func squashWithBias() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let so2 = GSpace.so2
      _ = NormNonLinearity(FieldType(so2, so2.irrep(1)), .squash, hasBias: true)
    }
    #expect(Self.message(result).contains("NormNonLinearity: squash maps norms from 0 to 1 and takes no bias"))
  }

  @Test func unequalGates() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let so2 = GSpace.so2
      var rng = Generator(seed: 0)
      _ = GatedNonLinearity1(
        FieldType(so2, 2 * so2.trivial + 1 * so2.irrep(1)), roles: [.gate, .gate, .gated], rng: &rng)
    }
    #expect(Self.message(result).contains("2 gates for 1 gated fields of 2×trivial + 1×irrep(1)(SO2) [4 channels]"))
  }

  @Test func gateThatIsNoScalar() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let so2 = GSpace.so2
      var rng = Generator(seed: 0)
      _ = GatedNonLinearity1(FieldType(so2, 2 * so2.irrep(1)), rng: &rng)
    }
    #expect(Self.message(result).contains("irrep(1) of 2×irrep(1)(SO2) [4 channels] is no scalar"))
  }

  /// Gates of another subgroup have the right number of channels, but the group moves them otherwise.
  @Test func gatesOfAnotherSubgroup() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let d4 = GSpace.dihedral(4)
      var rng = Generator(seed: 0)
      let flips = try! d4.group.subgroup(.reflection(0)).group
      let field = try! d4.induced(.reflection(0), flips.irrep(1))
      _ = InducedGatedNonLinearity1(FieldType(d4, [try! d4.quotient(.rotations(2)), field]), rng: &rng)
    }
    let message = Self.message(result)
    #expect(message.contains("the gate quotient(None,2)(D4) has 4 channels, which the group does not move as the 4"))
    #expect(message.contains("induced((0,1),irrep(1))(D4)"))
  }

  @Test func trivialInNormBatchNorm() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      _ = NormBatchNorm(FieldType(c4, 2 * c4.regular))
    }
    #expect(Self.message(result).contains("regular of 2×regular(C4) [8 channels] contains the trivial representation"))
    #expect(Self.message(result).contains("use GNormBatchNorm"))
  }

  @Test func notInduced() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      _ = InducedNormPool(FieldType(c4, c4.irrep(1)))
    }
    #expect(Self.message(result).contains("InducedNormPool: irrep(1) of 1×irrep(1)(C4) [2 channels] is not induced"))
  }

  @Test func notASignedPermutation() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c8 = GSpace.rotations(8)
      _ = ConcatenatedNonLinearity(FieldType(c8, c8.irrep(1)))
    }
    #expect(
      Self.message(result).contains(
        "ConcatenatedNonLinearity: irrep(1) of 1×irrep(1)(C8) [2 channels] does not permute channels up to their signs")
    )
  }

  @Test func vectorsOfTwoDirections() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c2 = GSpace.rotations(2)
      _ = VectorFieldNonLinearity(FieldType(c2, c2.regular))
    }
    #expect(
      Self.message(result).contains("regular of 1×regular(C2) [2 channels] is not the regular representation of C3"))
  }

  @Test func coarseGrid() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let so2 = GSpace.so2
      _ = FourierELU(so2, channels: 2, irreps: so2.group.irreps(maximumFrequency: 3), samples: 6)
    }
    #expect(Self.message(result).contains("FourierELU: 6 samples cannot tell the functions of spectral("))
    #expect(Self.message(result).contains("whose dimension is 7; choose a finer grid"))
  }
}

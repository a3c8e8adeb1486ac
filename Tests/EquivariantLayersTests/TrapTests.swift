import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

/// Mistakes stop the program with one sentence that has what is needed to correct them.
struct TrapTests {
  private static func message(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test func wrongType() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      var rng = Generator(seed: 0)
      let type = FieldType(c4, 16 * c4.regular)
      let layer = R2Conv(from: type, to: type, kernelSize: 3, rng: &rng)
      let other = FieldType(c4, 8 * c4.regular)
      _ = layer(other(Tensor.zeros([1, 32, 5, 5])))
    }
    #expect(
      Self.message(result).contains(
        "R2Conv: input has type 8×regular(C4) [32 channels], layer expects 16×regular(C4) [64 channels]"))
  }

  @Test func wrongChannels() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      _ = GeometricTensor(Tensor.zeros([1, 5, 3, 3]), FieldType(c4, c4.regular))
    }
    #expect(Self.message(result).contains("[1, 5, 3, 3] does not hold 1×regular(C4) [4 channels]"))
  }

  @Test func wrongGroup() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = FieldType(.rotations(4), [GSpace.rotations(8).regular])
    }
    #expect(Self.message(result).contains("belongs to C8, the space to C4"))
  }

  @Test func differentSpaces() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var rng = Generator(seed: 0)
      let (a, b) = (GSpace.dihedral(4), GSpace.dihedral(4, axis: 0))
      _ = R2Conv(from: FieldType(a, a.trivial), to: FieldType(b, b.regular), kernelSize: 3, rng: &rng)
    }
    #expect(Self.message(result).contains("1×trivial(D4) [1 channels] and output type 1×regular(D4(axis 0°))"))
  }

  @Test func emptyBasis() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var rng = Generator(seed: 0)
      let c4 = GSpace.rotations(4)
      _ = R2Conv(from: FieldType(c4, c4.trivial), to: FieldType(c4, c4.regular), kernelSize: 2, rng: &rng)
    }
    let message = Self.message(result)
    #expect(message.contains("R2Conv: the kernel basis from"))
    #expect(message.contains("frequencyCutoff: .halfInteger, rings: [0.5]"))
  }

  @Test func notAPermutation() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      _ = ReLU(FieldType(c4, c4.irrep(1)))
    }
    #expect(Self.message(result).contains("ReLU: irrep(1) of C4 is not a permutation"))
  }

  @Test func sequenceThatDoesNotFit() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      _ = SequentialModule(ReLU(FieldType(c4, c4.regular)), ReLU(FieldType(c4, 2 * c4.regular)))
    }
    #expect(
      Self.message(result).contains(
        "part 0 (ReLU) gives 1×regular(C4) [4 channels], part 1 (ReLU) expects 2×regular(C4) [8 channels]"))
  }

  @Test func sumOfDifferentTypes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      let a = FieldType(c4, c4.regular)(Tensor.zeros([1, 4, 3, 3]))
      let b = FieldType(c4, 4 * c4.trivial)(Tensor.zeros([1, 4, 3, 3]))
      _ = a + b
    }
    #expect(
      Self.message(result).contains("different types, 1×regular(C4) [4 channels] and 4×trivial(C4) [4 channels]"))
  }
}

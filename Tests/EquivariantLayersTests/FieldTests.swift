import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

struct FieldTests {
  @Test func quarterTurnIsCounterClockwise() {
    let c4 = GSpace.rotations(4)
    let image = Tensor([0.0, 0, 1, 0, 0, 0, 0, 0, 0], shape: [1, 1, 3, 3], dtype: .float64)
    let turned = c4.transform(image, by: c4[1])
    #expect(turned.scalars(as: Double.self) == [1, 0, 0, 0, 0, 0, 0, 0, 0])
    let mirrored = GSpace.flips().transform(image, by: GSpace.flips()[1])
    #expect(mirrored.scalars(as: Double.self) == [1, 0, 0, 0, 0, 0, 0, 0, 0])
    let upsideDown = GSpace.flips(axis: 0).transform(image, by: GSpace.flips(axis: 0)[1])
    #expect(upsideDown.scalars(as: Double.self) == [0, 0, 0, 0, 0, 0, 0, 0, 1])
  }

  /// Resampling and moving pixels agree where both are exact.
  @Test(arguments: [GSpace.dihedral(4), .dihedral(4, axis: 0.25 * .pi), .o2, .flips(axis: 0)])
  func resamplingAgreesWithTheGrid(_ space: GSpace) {
    var rng = Generator(seed: 0)
    for size in [5, 6] {
      let image = Tensor.randn([1, 2, size, size], using: &rng, dtype: .float64)
      for element in space.latticeElements {
        let exact = space.transform(image, by: element)
        let resampled = GSpace.resample(image, matrix: space.planarMatrix(of: element), interpolation: .bilinear)
        #expect(maximumDifference(exact, resampled) < 1e-9)
      }
    }
  }

  /// Transforming by a product is transforming twice.
  @Test(arguments: testedSpaces)
  func actionIsAHomomorphism(_ space: GSpace) {
    var rng = Generator(seed: 5)
    let type = space.mixedType
    let x = GeometricTensor(Tensor.randn([1, type.size, 5, 5], using: &rng, dtype: .float64), type)
    for a in space.latticeElements {
      for b in space.latticeElements {
        let twice = x.transformed(by: b).transformed(by: a)
        let once = x.transformed(by: space.group.product(a, b))
        #expect(maximumDifference(once.tensor, twice.tensor) < 1e-10, "\(space) \(a) \(b)")
      }
    }
  }

  @Test func axesDistinguishSpaces() {
    #expect(GSpace.flips() != .flips(axis: 0))
    #expect(GSpace.dihedral(4, axis: 0.1) != .dihedral(4))
    #expect(GSpace.dihedral(4, axis: .pi / 2 + 2 * .pi) == .dihedral(4))
    #expect(GSpace.rotations(4) == GSpace(.cyclic(4), axis: 1))
    let turn = 2 * Double.pi
    let same: Set<GSpace> = [.flips(axis: 0), .flips(axis: turn), .flips(axis: turn - 1e-15), .flips(axis: .pi)]
    #expect(same.count == 1)
    // An axis is a line: half a turn does not change it, nor what the elements do, nor its name.
    for space in [GSpace.dihedral(4), .o2, .flips()] {
      let other = GSpace(space.group, axis: space.axis + .pi)
      #expect(space == other && space.hashValue == other.hashValue && "\(space)" == "\(other)")
      for element in space.latticeElements {
        #expect(space.latticeAction(of: element) == other.latticeAction(of: element))
      }
    }
    #expect(GSpace.dihedral(4, axis: .pi) == .dihedral(4, axis: 0) && "\(GSpace.flips(axis: .pi))" == "Flip(axis 0°)")
    #expect(GSpace.dihedral(4, axis: .pi / 4) != .dihedral(4, axis: 0), "f is another element")
  }

  @Test func namesAreRead() throws {
    #expect(try GSpace("C8") == .rotations(8))
    #expect(try GSpace("D4", axis: 0) == .dihedral(4, axis: 0))
    #expect(try GSpace("SO2") == .so2)
    #expect(try GSpace("O2") == .o2)
    #expect(try GSpace("Flip") == .flips())
    #expect(try GSpace("C1") == .trivial)
    #expect(throws: SymmetryError.self) { try GSpace("Q8") }
  }

  @Test func typesReadTheirNotation() throws {
    let c8 = GSpace.rotations(8)
    let type = FieldType(c8, 4 * c8.trivial + 2 * c8.irrep(1) + 8 * c8.regular)
    #expect(type.size == 4 + 4 + 64)
    #expect(type.count == 14)
    #expect(try FieldType("4 trivial + 2 irrep(1) + 8 regular", on: c8) == type)
    #expect(try FieldType(type.notation, on: c8) == type)
    #expect(type.description == "4×trivial + 2×irrep(1) + 8×regular(C8) [72 channels]")
    #expect(type.channels[6] == 8..<16)
    #expect(!type.isUniform && FieldType(c8, 3 * c8.regular).isUniform)
    #expect(throws: SymmetryError.self) { try FieldType("4 nothing", on: c8) }
  }

  @Test func typesAreRearranged() throws {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, [c4.regular, c4.trivial, c4.irrep(1), c4.trivial])
    #expect(type.sorted() == FieldType(c4, [c4.trivial, c4.trivial, c4.irrep(1), c4.regular]))
    #expect(type.selecting([2, 0]) == FieldType(c4, [c4.irrep(1), c4.regular]))
    let groups = type.grouped(by: ["a", "b", "a", "b"])
    #expect(groups["a"] == FieldType(c4, [c4.regular, c4.irrep(1)]))
    #expect(groups["b"] == FieldType(c4, [c4.trivial, c4.trivial]))
    #expect(type + type == FieldType(c4, type.representations + type.representations))
    #expect(try type.restricted(to: .rotations(2)).space == .rotations(2))
    #expect(try type.restricted(to: .rotations(2)).size == type.size)
  }

  @Test func restrictedAxes() throws {
    #expect(try GSpace.dihedral(8).restricted(to: .reflection(1)).space == .flips(axis: .pi / 2 + .pi / 8))
    #expect(try GSpace.dihedral(8).restricted(to: .dihedral(axis: 1, 4)).space == .dihedral(4, axis: .pi / 2 + .pi / 8))
    #expect(try GSpace.o2.restricted(to: .reflection(angle: 1)).space == .flips(axis: .pi / 2 + 0.5))
    #expect(try GSpace.o2.restricted(to: .dihedral(angle: 1, 4)).space == .dihedral(4, axis: .pi / 2 + 0.5))
    #expect(try GSpace.o2.restricted(to: .rotationsAll).space == .so2)
    #expect(try GSpace.so2.restricted(to: .rotations(6)).space == .rotations(6))
  }

  /// Elements of a subgroup act as the elements of the group that they stand for.
  @Test func restrictionKeepsTheAction() throws {
    var rng = Generator(seed: 2)
    for (space, id) in [
      (GSpace.dihedral(4), SubgroupID.reflection(1)), (.dihedral(4), .dihedral(axis: 1, 2)),
      (.dihedral(4), .rotations(4)),
      (.o2, .dihedral(angle: .pi / 2, 4)), (.o2, .reflection(angle: .pi)), (.so2, .rotations(4)),
    ] {
      let type = space.mixedType
      let x = GeometricTensor(Tensor.randn([1, type.size, 5, 5], using: &rng, dtype: .float64), type)
      let restricted = try space.restricted(to: id)
      let y = try x.restricted(to: id)
      for element in restricted.space.latticeElements {
        let parent = x.transformed(by: restricted.subgroup.include(element))
        #expect(maximumDifference(y.transformed(by: element).tensor, parent.tensor) < 1e-9, "\(space) \(id) \(element)")
      }
    }
  }

  @Test func tensorsCountFields() {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, [c4.regular, c4.trivial, c4.irrep(1)])
    var rng = Generator(seed: 0)
    let x = type(Tensor.randn([2, 7, 3, 3], using: &rng))
    #expect(x.fields(1..<3).shape == [2, 3, 3, 3])
    #expect(x.fields([2, 0]).type == FieldType(c4, [c4.irrep(1), c4.regular]))
    #expect(
      maximumDifference(
        x.fields([2, 0]).tensor, Tensor.concatenated([x.field(2).tensor, x.field(0).tensor], along: 1)) == 0)
    #expect(x.split().map(\.type.size) == [4, 1, 2])
    #expect(x.split(at: [1]).map(\.type.size) == [4, 3])
    #expect(maximumDifference(GeometricTensor.directSum(x.split()).tensor, x.tensor) == 0)
    #expect(maximumDifference((x + x - 2 * x).tensor, Tensor.zeros(x.shape)) == 0)
    var y = x
    y += x
    y *= 0.5
    #expect(maximumDifference(y.tensor, x.tensor) == 0)
    #expect(x.images(1..<2).shape == [1, 7, 3, 3])
    #expect(x.to(.float64).dtype == .float64)
    #expect(x.channelsLast().tensor.isContiguous(.channelsLast))
  }

  @Test func transformedFibersKeepThePixels() {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, c4.regular)
    let x = type(Tensor([0.0, 1, 2, 3], shape: [1, 4, 1, 1], dtype: .float64))
    #expect(x.transformFibers(by: c4[1]).tensor.scalars(as: Double.self) == [3, 0, 1, 2])
  }
}

import EquivarianceTesting
import EquivariantLayers
import Layers
import SteerableKernels
import Symmetry
import Tensors
import Testing

/// Spaces on which a group acts in a way of its own, and the bases that researchers build on spaces.
struct CustomActionTests {
  static let spaces: [GSpace] = {
    func sum(_ representations: Representation...) -> Representation { .directSum(representations) }
    let (c2, c4, c8, d3, d4) = (Group.cyclic(2), Group.cyclic(4), Group.cyclic(8), Group.dihedral(3), Group.dihedral(4))
    return [
      GSpace(c2, action: sum(c2.irrep(0), c2.irrep(0))), GSpace(c2, action: sum(c2.irrep(0), c2.irrep(1))),
      GSpace(.flip, action: sum(Group.flip.irrep(1), Group.flip.irrep(1))),
      GSpace(c4, action: sum(c4.irrep(0), c4.irrep(2))), GSpace(c8, action: c8.irrep(2)),
      GSpace(c8, action: c8.irrep(3)), GSpace(d3, action: sum(d3.irrep(1, 0), d3.irrep(0, 0))),
      GSpace(d4, action: sum(d4.irrep(0, 2), d4.irrep(1, 2))), GSpace(d4, action: d4.irrep(1, 1)),
      GSpace(.so2, action: Group.so2.irrep(2)),
    ]
  }()

  @Test(arguments: spaces)
  func layersAreExact(_ space: GSpace) {
    var rng = Generator(seed: 1)
    let (input, output) = (space.mixedType, space.permutedType)
    let modules: [EquivariantModule] = [
      R2Conv(from: input, to: output, kernelSize: 3, padding: 1, rng: &rng),
      R2Conv(from: output, to: input, kernelSize: 5, stride: 2, padding: 2, rng: &rng),
      R2ConvTransposed(from: input, to: output, kernelSize: 3, stride: 2, rng: &rng),
      R2Diffop(from: input, to: input, kernelSize: 3, padding: 1, rng: &rng),
      R2Upsampling(input, scale: 2),
    ]
    let elements = space.latticeElements
    #expect(elements.count > 1, "\(space)")
    for module in modules {
      let report = EquivarianceTester(size: 7, batch: 1).report(module, elements: elements)
      #expect(report.isLatticeExact(tolerance: 1e-9), "\(space): \(report)")
    }
    // Kernels for the group's own action are not equivariant under this one, unless it is its own.
    let own = GSpace(space.group)
    #expect(own != space && own.hashValue != space.hashValue)
    #expect("\(space)".contains("acting by"))
  }

  /// Inverting colors moves no pixel: fields of the sign representation change their sign, kernels keep parity apart.
  @Test func inversionOfColors() {
    let group = Group.cyclic(2)
    let space = GSpace(group, action: .directSum([group.irrep(0), group.irrep(0)]))
    let (even, odd) = (FieldType(space, space.trivial), FieldType(space, space.irrep(1)))
    #expect(R2Conv.basisDimension(from: odd, to: even, kernelSize: 3) == 0)
    let free = R2Conv.basisDimension(
      from: FieldType(.trivial, GSpace.trivial.trivial), to: FieldType(.trivial, GSpace.trivial.trivial), kernelSize: 3)
    #expect(R2Conv.basisDimension(from: odd, to: odd, kernelSize: 3) == free)
    let image = odd(Tensor([1.0, -2, 3, 4], shape: [1, 1, 2, 2], dtype: .float64))
    let inverted = image.transformed(by: group.element(rotation: 1))
    #expect(maximumDifference(inverted.tensor, image.tensor * -1) == 0)
  }

  @Test func restriction() throws {
    let group = Group.cyclic(8)
    let space = GSpace(group, action: group.irrep(2))
    let child = try space.restricted(to: .rotations(4)).space
    // The generator of C4 in C8 turns the plane by 180°.
    #expect(child.planarMatrix(of: child[1]).maxAbsDifference(to: Matrix([[-1, 0], [0, -1]])) < 1e-12)
    #expect(child.group == .cyclic(4) && child.action != nil)
    let type = FieldType(space, space.regular)
    var rng = Generator(seed: 2)
    let restriction = RestrictionModule(type, to: .rotations(4))
    let network = SequentialModule(
      restriction,
      R2Conv(from: restriction.outputType, to: restriction.outputType, kernelSize: 3, padding: 1, rng: &rng))
    let kept = (0..<4).map { group.element(rotation: 2 * $0) }
    let tester = EquivarianceTester(size: 7)
    let report = tester.report(network.parts[1], elements: child.group.elements)
    #expect(report.isLatticeExact(tolerance: 1e-9))
    #expect(kept.allSatisfy { space.latticeAction(of: $0) != nil })
  }

  @Test func basesOfSpaces() throws {
    let space = GSpace.dihedral(4, axis: 0.3)
    let (input, output) = (space.irrep(1, 1), space.regular)
    let kernels = try space.buildKernelBasis(
      from: input, to: output, rings: [0, 1, 2.5], sigma: [0.5], maximumFrequency: 3)
    #expect(kernels.configuration.axis == 0.3 && Set(kernels.elements.map(\.radius)) == [0, 1, 2.5])
    #expect(kernels.elements.allSatisfy { abs($0.frequency) <= 3 && $0.inIrrep == input.irreps[0] })
    let sampled = try space.buildSampledKernelBasis(from: input, to: output, kernelSize: 5)
    #expect(sampled.dimension == R2Conv.basisDimension(from: space.type(input), to: space.type(output), kernelSize: 5))
    let operators = try space.buildDiffopBasis(from: input, to: output, maximumOrder: 3, maximumPower: 0)
    #expect(operators.elements.allSatisfy { $0.laplacianPower == 0 && $0.order <= 3 } && operators.dimension > 0)
    let more = try space.buildDiffopBasis(from: input, to: output, maximumOrder: 3)
    #expect(more.dimension > operators.dimension && more.elements.contains { $0.laplacianPower == 1 })
    let stencils = try space.buildSampledDiffopBasis(
      from: input, to: output, kernelSize: 5, maximumOrder: 3, discretization: .gaussian(standardDeviation: 1))
    #expect(stencils.dimension == more.dimension && stencils.elements == more.elements)
    #expect(throws: KernelError.self) {
      try space.buildKernelBasis(
        from: Group.cyclic(4).irrep(1), to: output, rings: [1], sigma: [0.5], maximumFrequency: 2)
    }
    #expect(space.irreps().count == 5 && GSpace.so2.irreps().count == 4 && space.rotationOrder == 4)
    #expect(space.testingElements.count == 8)
  }

  @Test func wrongActionsTrap() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GSpace(.cyclic(4), action: Group.cyclic(4).irrep(0))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("GSpace: the action") && message.contains("has size 2"))
  }
}

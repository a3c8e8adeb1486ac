import EquivarianceTesting
import EquivariantLayers
import Layers
import SteerableKernels
import Symmetry
import Tensors
import Testing

/// Networks that restrict their group in the middle keep exactly the symmetries of the subgroup.
struct RestrictionNetworkTests {
  static let finite: [GSpace] =
    [1, 2, 3, 4, 6, 8].map { GSpace.rotations($0) } + [1, 2, 3, 4, 6, 8].map { GSpace.dihedral($0) } + [
      .flips(), .dihedral(4, axis: 0),
    ]

  /// Every subgroup of a finite group; those of continuous groups that the pixel grid can tell apart, and some more.
  static func subgroups(of space: GSpace) -> [SubgroupID] {
    let angles = [0, .pi / 4, .pi / 2, .pi, 1.5 * .pi, 1]
    switch space.group.kind {
    case .so2: return [1, 2, 3, 4, 8].map { .rotations($0) }
    case .o2:
      return [.rotationsAll] + [1, 2, 4, 8].map { .rotations($0) }
        + angles.flatMap { angle in
          [.reflection(angle: angle), .turned(angle: angle)] + [2, 4].map { .dihedral(angle: angle, $0) }
        }
    default: return space.group.subgroups.map(\.id)
    }
  }

  /// Scalars and vectors in, steerable layers of the group, restriction, steerable layers of the subgroup, scalars out.
  private func network(_ space: GSpace, to id: SubgroupID, rng: inout Generator) -> SequentialModule {
    let irreps = space.group.irreps(maximumFrequency: 1).suffix(1).map { Representation($0) }
    let input = FieldType(space, 1 * space.trivial + irreps)
    let fields = space.group.isContinuous ? 2 * space.trivial + irreps + irreps : 1 * space.regular
    let hidden = FieldType(space, fields)
    let restriction = RestrictionModule(hidden, to: id)
    let split = DisentangleModule(restriction.outputType)
    let child = split.outputType.space
    let childFields = child.group.isContinuous ? split.outputType.representations : 1 * child.regular
    let childType = FieldType(child, childFields)
    let scalars = FieldType(child, 2 * child.trivial)
    func nonlinearity(_ type: FieldType) -> EquivariantModule {
      type.has(.pointwise) ? SequentialModule(InnerBatchNorm(type), ReLU(type)) : IdentityModule(type)
    }
    return SequentialModule(
      R2Conv(from: input, to: hidden, kernelSize: 5, padding: 2, rng: &rng), nonlinearity(hidden), restriction, split,
      R2Conv(from: split.outputType, to: childType, kernelSize: 5, padding: 2, rng: &rng), nonlinearity(childType),
      R2Conv(from: childType, to: scalars, kernelSize: 5, padding: 2, rng: &rng), ELU(scalars))
  }

  private func check(_ space: GSpace) throws {
    var rng = Generator(seed: 3)
    for id in Self.subgroups(of: space) {
      let network = network(space, to: id, rng: &rng)
      network.to(.float64)
      network.eval()
      let subgroup = try space.group.subgroup(id)
      let x = EquivarianceTester(size: 7, batch: 1).noise(network.inputType)
      let straight = withoutGradient { network(x) }
      for element in space.latticeElements {
        let moved = withoutGradient { network(x.transformed(by: element)).tensor }
        let error = maximumDifference(moved, space.transform(straight.tensor, by: element))
        if subgroup.restrict(element) != nil {
          #expect(error < 1e-9, "\(space) to \(id): \(element)")
        } else if space.group.order != nil {
          #expect(error > 1e-6, "\(space) to \(id) should not keep \(element)")
        }
      }
      let comparison = EquivarianceTester(size: 7).compareExport(network)
      #expect(comparison.agrees(tolerance: 1e-9), "\(comparison)")
      let plain = network.export()
      #expect(!plain.modules.contains { $0 is BatchNormLayer || $0 is ChannelPermutation || $0 is Identity })
    }
  }

  @Test(arguments: finite) func everySubgroupOfFiniteGroups(_ space: GSpace) throws { try check(space) }

  @Test(arguments: [GSpace.so2, .o2, .o2(axis: 0)]) func subgroupsOfContinuousGroups(_ space: GSpace) throws {
    try check(space)
  }

  /// Restriction step by step leads to the same fields as at once.
  @Test func chains() throws {
    let d8 = GSpace.dihedral(8)
    let chains: [[SubgroupID]] = [
      [.dihedral(axis: 0, 4), .rotations(4), .rotations(2), .rotations(1)],
      [.rotations(8), .rotations(4), .rotations(1)],
      [.dihedral(axis: 1, 4), .reflection(0)], [.dihedral(axis: 2, 4), .dihedral(axis: 1, 2), .reflection(1)],
    ]
    var rng = Generator(seed: 1)
    for chain in chains {
      var type = FieldType(d8, 1 * d8.regular + 1 * d8.irrep(1, 1))
      var modules: [EquivariantModule] = []
      for id in chain {
        modules.append(R2Conv(from: type, to: type, kernelSize: 3, padding: 1, rng: &rng))
        modules.append(RestrictionModule(type, to: id))
        type = modules[modules.count - 1].outputType
      }
      let network = SequentialModule(modules)
      let report = EquivarianceTester(size: 5).report(network)
      #expect(report.errors.count == type.group.order)
      let lattice = report.latticeErrors
      #expect(!lattice.isEmpty && lattice.allSatisfy { $0.maximum < 1e-9 }, "\(chain): \(report)")
      let plain = network.export() as? Sequential
      #expect(plain?.count == chain.count, "restrictions leave nothing in the plain network")
    }
  }

  /// Elements of a subgroup act as the elements of the group that they stand for.
  @Test(arguments: finite + [.so2, .o2, .o2(axis: 0)]) func restrictionIsAnIsometry(_ space: GSpace) throws {
    var rng = Generator(seed: 2)
    for family in RepresentationFamily.all(on: space) {
      let x = GeometricTensor(Tensor.randn([1, family.type.size, 5, 5], using: &rng, dtype: .float64), family.type)
      for id in Self.subgroups(of: space) {
        let restricted = try space.restricted(to: id)
        let y = try x.restricted(to: id)
        for element in restricted.space.latticeElements {
          let included = restricted.subgroup.include(element)
          let parent = x.transformed(by: included)
          #expect(
            maximumDifference(y.transformed(by: element).tensor, parent.tensor) < 1e-9, "\(family) \(id) \(element)")
          #expect(
            restricted.space.planarMatrix(of: element).maxAbsDifference(to: space.planarMatrix(of: included)) < 1e-9)
          let found = restricted.space.element(included, of: space)
          #expect(
            found.map { restricted.space.planarMatrix(of: $0) }?
              .maxAbsDifference(to: space.planarMatrix(of: included)) ?? 1 < 1e-9)
        }
      }
    }
  }
}

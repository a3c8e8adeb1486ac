import EquivariantLayers
import Layers
import Symmetry
import Tensors

/// Representations of a space and the modules that they allow, which act on each pixel by itself.
struct FiberModules {
  let space: GSpace

  static let spaces: [GSpace] = [
    .trivial, .rotations(2), .rotations(3), .rotations(4), .rotations(8), .dihedral(1), .dihedral(3), .dihedral(4),
    .flips(), .so2, .o2,
  ]

  private var group: Group { space.group }

  /// Irreps, and for finite groups the regular representation, in an order that mixes sizes.
  var mixed: FieldType {
    let irreps = group.irreps(maximumFrequency: 2).map { Representation($0) }
    return FieldType(space, irreps + (group.isContinuous ? [] : [space.regular]) + [space.trivial] + irreps.suffix(1))
  }

  /// Fields that the trivial representation is not in.
  var withoutTrivial: FieldType? {
    let irreps = group.irreps(maximumFrequency: 3).filter { !$0.isTrivial }.map { Representation($0) }
    return irreps.isEmpty ? nil : FieldType(space, irreps + irreps.prefix(1))
  }

  /// Subgroups with few cosets, each once.
  private var subgroups: [Subgroup] {
    let all = group.isContinuous ? [try? group.subgroup(.rotationsAll)].compactMap { $0 } : group.subgroups
    return all.filter { ($0.cosetCount ?? 0) > 1 }
  }

  /// Pairs of a quotient representation and one that is induced from the same subgroup.
  var inducedPairs: [(quotient: Representation, induced: Representation)] {
    subgroups.flatMap { subgroup in
      subgroup.group.irreps(maximumFrequency: 2).suffix(2).compactMap { irrep in
        guard let quotient = try? space.quotient(subgroup.id),
          let induced = try? space.induced(subgroup.id, Representation(irrep))
        else { return nil }
        return (quotient, induced)
      }
    }
  }

  /// All modules, with random parameters and statistics, in evaluation mode and double precision.
  func all(rng: inout Generator) -> [EquivariantModule] {
    var modules: [EquivariantModule] = NormFunction.allCases.map { NormNonLinearity(mixed, $0) }
    modules += [
      NormNonLinearity(mixed, .sigmoid, hasBias: false), NormPool(mixed), FieldNorm(mixed), GNormBatchNorm(mixed),
      IIDBatchNorm2D(mixed), IIDBatchNorm2D(mixed, isAffine: false), Sigmoid(FieldType(space, space.trivial)),
    ]
    modules += gated(rng: &rng) + induced(rng: &rng) + finite
    if let type = withoutTrivial { modules += [NormBatchNorm(type), GNormBatchNorm(type), IIDBatchNorm2D(type)] }
    for module in modules { randomize(module, rng: &rng) }
    return modules
  }

  private func gated(rng: inout Generator) -> [EquivariantModule] {
    let gates = FieldType(space, mixed.count * space.trivial)
    let alternating = FieldType(space, mixed.representations.flatMap { [space.trivial, $0] })
    let roles = mixed.representations.flatMap { _ in [GateRole.gate, .gated] }
    let uniform = Representation.directSum(
      (group.irreps(maximumFrequency: 1).map { _ in space.trivial })
        + group.irreps(maximumFrequency: 1).map { Representation($0) })
    return [
      GatedNonLinearity1(gates + mixed, rng: &rng),
      GatedNonLinearity1(gates + mixed, dropsGates: false, pairing: .byAscendingSize, rng: &rng),
      GatedNonLinearity1(alternating, roles: roles, rng: &rng),
      GatedNonLinearity2(gates: gates, features: mixed, rng: &rng),
      GatedNonLinearityUniform(FieldType(space, 2 * uniform), rng: &rng),
    ]
  }

  private func induced(rng: inout Generator) -> [EquivariantModule] {
    inducedPairs.flatMap { pair -> [EquivariantModule] in
      let type = FieldType(space, [pair.quotient, pair.induced, pair.quotient, pair.induced])
      var modules: [EquivariantModule] = [
        InducedNormNonLinearity(type, .softplus), InducedNormPool(type),
        InducedGatedNonLinearity1(type, roles: [.gate, .gated, .gate, .gated], rng: &rng),
        InducedGatedNonLinearity1(type, roles: [.gate, .gated, .gate, .gated], dropsGates: false, rng: &rng),
      ]
      if !pair.induced.containsTrivial { modules.append(InducedNormBatchNorm(FieldType(space, 2 * pair.induced))) }
      return modules
    }
  }

  /// Modules that only finite groups have.
  private var finite: [EquivariantModule] {
    guard let rotations = group.rotationOrder else { return [] }
    var modules: [EquivariantModule] = [
      FourierPointwise(space, channels: 2, irreps: group.irreps(), samples: rotations, function: .tanh),
      FourierELU(space, channels: 2, irreps: group.irreps(maximumFrequency: 1), samples: rotations),
      FourierELU(
        space, channels: 1, irreps: group.irreps(), outputIrreps: [group.irreps()[0]], samples: rotations),
    ]
    let signed = mixed.representations.filter { $0.capabilities.contains(.concatenated) }
    modules.append(ConcatenatedNonLinearity(FieldType(space, signed), .elu(alpha: 0.5)))
    for subgroup in subgroups {
      modules.append(
        QuotientFourierPointwise(
          space, subgroup: subgroup.id, channels: 2, irreps: group.irreps(), samples: rotations, function: .sigmoid))
    }
    if space.regular.capabilities.contains(.vectorField) {
      modules.append(VectorFieldNonLinearity(FieldType(space, 2 * space.regular)))
    }
    return modules
  }

  /// Gives a module random parameters, and statistics of its own by a step of training.
  func randomize(_ module: EquivariantModule, rng: inout Generator) {
    module.to(.float64)
    for named in module.parameters {
      named.parameter.assign(Tensor.randn(named.parameter.shape, using: &rng, dtype: .float64) * 0.5)
    }
    let x = Tensor.randn([3, module.inputType.size, 4, 4], using: &rng, dtype: .float64) * 2 + 0.5
    module.train()
    _ = withoutGradient { module(module.inputType(x)) }
    module.eval()
  }

  /// All elements of a finite group; some that lie nowhere special of a continuous one.
  var elements: [GroupElement] {
    if !group.isContinuous { return group.elements }
    return (group.hasReflections ? [false, true] : [false]).flatMap { isReflected in
      [0.3137, 1.234, 2.71, 3.999, 5.77].map { group.element(angle: $0, reflected: isReflected) }
    }
  }
}

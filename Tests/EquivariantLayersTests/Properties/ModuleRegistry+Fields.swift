import EquivariantLayers
import Layers
import Symmetry

extension ModuleRegistry {
  /// The modules that act on whole fields.
  static let fields: [ModuleEntry] = nonlinearities + induced + fourier + normalizations + fieldPooling

  private static let nonlinearities: [ModuleEntry] = [
    ModuleEntry("Sigmoid") { type, _ in type.has(.pointwise) ? [Sigmoid(type)] : [] },
    ModuleEntry("Tanh") { type, _ in type.has(.pointwise) ? [Tanh(type)] : [] },
    ModuleEntry("NormNonLinearity") { type, _ in NormFunction.allCases.map { NormNonLinearity(type, $0) } },
    ModuleEntry("GatedNonLinearity1") { type, rng in
      let joined = scalars(type.count, type.space) + type
      return [
        GatedNonLinearity1(joined, rng: &rng),
        GatedNonLinearity1(joined, dropsGates: false, pairing: .byAscendingSize, rng: &rng),
      ]
    },
    ModuleEntry("GatedNonLinearity2") { type, rng in
      [GatedNonLinearity2(gates: scalars(type.count, type.space), features: type, rng: &rng)]
    },
    ModuleEntry("GatedNonLinearityUniform") { type, rng in
      let irreps = type.representations[0].irreps.map { Representation($0) }
      let gates = irreps.count * type.space.trivial
      return [GatedNonLinearityUniform(FieldType(type.space, 2 * .directSum(gates + irreps)), rng: &rng)]
    },
    ModuleEntry("ConcatenatedNonLinearity") { type, _ in
      type.fields { $0.capabilities.contains(.concatenated) }.map { [ConcatenatedNonLinearity($0)] } ?? []
    },
    ModuleEntry("VectorFieldNonLinearity") { type, _ in
      type.fields { $0.capabilities.contains(.vectorField) }.map { [VectorFieldNonLinearity($0)] } ?? []
    },
    ModuleEntry("TensorProductModule") { type, rng in
      // Products of large fields have very many components.
      guard let small = type.fields(where: { $0.size <= 8 })?.representations[0] else { return [] }
      let fields = FieldType(type.space, 2 * small)
      return [small, type.space.trivial + small].map { output in
        TensorProductModule(from: fields, to: FieldType(type.space, 2 * (type.space.trivial + output)), rng: &rng)
      }
    },
  ]

  private static let induced: [ModuleEntry] = [
    ModuleEntry("InducedNormNonLinearity") { type, _ in
      inducedFields(type).map { [InducedNormNonLinearity($0), InducedNormNonLinearity($0, .squash)] } ?? []
    },
    ModuleEntry("InducedGatedNonLinearity1") { type, rng in
      guard type.isInvariant else { return [] }
      return FiberModules(space: type.space).inducedPairs.prefix(2).map { pair in
        InducedGatedNonLinearity1(FieldType(type.space, [pair.quotient, pair.induced]), rng: &rng)
      }
    },
    ModuleEntry("InducedNormPool") { type, _ in inducedFields(type).map { [InducedNormPool($0)] } ?? [] },
    ModuleEntry("InducedNormBatchNorm") { type, _ in
      inducedFields(type)?.fields { !$0.containsTrivial }.map { [InducedNormBatchNorm($0)] } ?? []
    },
  ]

  private static let fourier: [ModuleEntry] = [
    ModuleEntry("FourierPointwise") { type, _ in
      guard type.isInvariant else { return [] }
      return [FourierPointwise(type.space, channels: 2, irreps: irreps(type), samples: samples(type), function: .tanh)]
    },
    ModuleEntry("FourierELU") { type, _ in
      guard type.isInvariant else { return [] }
      return [FourierELU(type.space, channels: 2, irreps: irreps(type), samples: samples(type))]
    },
    ModuleEntry("QuotientFourierPointwise") { type, _ in
      guard type.isInvariant else { return [] }
      return [
        QuotientFourierPointwise(
          type.space, subgroup: .rotations(1), channels: 1, irreps: irreps(type), samples: samples(type),
          function: .sigmoid)
      ]
    },
    ModuleEntry("QuotientFourierELU") { type, _ in
      guard type.isInvariant, let subgroup = restrictions(of: type.space).last else { return [] }
      return [
        QuotientFourierELU(
          type.space, subgroup: subgroup, channels: 2, irreps: irreps(type), samples: samples(type))
      ]
    },
  ]

  private static let normalizations: [ModuleEntry] = [
    ModuleEntry("NormBatchNorm") { type, _ in
      type.fields { !$0.containsTrivial }.map { [NormBatchNorm($0), NormBatchNorm($0, isAffine: false)] } ?? []
    },
    ModuleEntry("GNormBatchNorm") { type, _ in [GNormBatchNorm(type), GNormBatchNorm(type, isAffine: false)] },
    ModuleEntry("IIDBatchNorm2D") { type, _ in
      [IIDBatchNorm2D(type), IIDBatchNorm2D(type, momentum: nil, isAffine: false)]
    },
    ModuleEntry("FieldNorm") { type, _ in [FieldNorm(type), FieldNorm(type, isAffine: false)] },
  ]

  private static let fieldPooling: [ModuleEntry] = [
    ModuleEntry("NormPool") { type, _ in [NormPool(type)] },
    ModuleEntry("NormMaxPool") { type, _ in [NormMaxPool(type, kernelSize: 3, stride: 2, padding: 1)] },
  ]

  private static func scalars(_ count: Int, _ space: GSpace) -> FieldType { FieldType(space, count * space.trivial) }

  private static func inducedFields(_ type: FieldType) -> FieldType? {
    type.fields { Subfields.normSize($0) != nil }
  }

  private static func irreps(_ type: FieldType) -> [Irrep] { type.group.irreps(maximumFrequency: 2) }

  /// Samples that the pixel grid's symmetries permute.
  private static func samples(_ type: FieldType) -> Int { type.group.rotationOrder ?? 8 }
}

extension FieldType {
  /// The type of the fields that fulfill a condition, nil when there are none.
  fileprivate func fields(where condition: (Representation) -> Bool) -> FieldType? {
    let positions = representations.indices.filter { condition(representations[$0]) }
    return positions.isEmpty ? nil : selecting(positions)
  }
}

import EquivariantLayers
import Layers
import SteerableKernels
import Symmetry
import Tensors

/// Every equivariant module with the ways to make it; a test compares the list with the sources.
enum ModuleRegistry {
  static let entries: [ModuleEntry] = convolutions + pointwise + fields + normalization + pooling + structure

  /// Classes that only others derive from.
  static let abstract: Set<String> = [
    "EquivariantModule", "PointwisePool", "PointwiseAdaptivePool", "SteerableConvolution", "DirectSteerableConvolution",
    "BatchStatisticsNorm",
  ]

  private static let convolutions: [ModuleEntry] = [
    ModuleEntry("R2Conv") { type, rng in
      [
        R2Conv(from: type, to: type, kernelSize: 3, padding: 1, rng: &rng),
        R2Conv(from: type, to: type.reversed, kernelSize: 3, stride: 2, padding: 1, paddingMode: .reflect, rng: &rng),
        R2Conv(
          from: type + type, to: type + type, kernelSize: 3, padding: 2, dilation: 2, groups: 2, hasBias: false,
          rng: &rng),
      ]
    },
    ModuleEntry("R2ConvTransposed") { type, rng in
      [
        R2ConvTransposed(from: type, to: type.reversed, kernelSize: 3, stride: 2, padding: 1, rng: &rng),
        R2ConvTransposed(
          from: type + type, to: type + type, kernelSize: 3, dilation: 2, groups: 2, hasBias: false, rng: &rng),
      ]
    },
    ModuleEntry("R2Diffop") { type, rng in
      [
        R2Diffop(from: type, to: type, kernelSize: 3, padding: 1, rng: &rng),
        R2Diffop(
          from: type, to: type.reversed, kernelSize: 5, stride: 2, padding: 2, paddingMode: .replicate,
          discretization: .gaussian(standardDeviation: 1.2), rng: &rng),
        R2Diffop(
          from: type + type, to: type + type, kernelSize: 3, padding: 2, dilation: 2, groups: 2, hasBias: false,
          discretization: .radialBasisFunctions(.phs5), rng: &rng),
      ]
    },
    ModuleEntry("R2Upsampling") { type, _ in
      [R2Upsampling(type, scale: 2), R2Upsampling(type, size: 8, mode: .bicubic, alignsCorners: true)]
    },
  ]

  private static let pointwise: [ModuleEntry] = [
    ModuleEntry("ReLU") { type, _ in type.has(.pointwise) ? [ReLU(type)] : [] },
    ModuleEntry("ELU") { type, _ in type.has(.pointwise) ? [ELU(type, alpha: 0.5)] : [] },
    ModuleEntry("LeakyReLU") { type, _ in type.has(.pointwise) ? [LeakyReLU(type, slope: 0.1)] : [] },
    ModuleEntry("PointwiseNonLinearity") { type, _ in
      type.has(.pointwise) ? [PointwiseNonLinearity(type, .sigmoid), PointwiseNonLinearity(type, .tanh)] : []
    },
    ModuleEntry("PointwiseDropout") { type, rng in
      type.has(.pointwise) ? [PointwiseDropout(type, probability: 0.3, rng: &rng)] : []
    },
    ModuleEntry("FieldDropout") { type, rng in [FieldDropout(type, probability: 0.3, rng: &rng)] },
  ]

  private static let normalization: [ModuleEntry] = [
    ModuleEntry("InnerBatchNorm") { type, _ in
      type.has(.pointwise) ? [InnerBatchNorm(type), InnerBatchNorm(type, momentum: nil, isAffine: false)] : []
    }
  ]

  private static let pooling: [ModuleEntry] = [
    ModuleEntry("PointwiseMaxPool", size: 6) { type, _ in
      type.has(.pointwise) ? [PointwiseMaxPool(type, kernelSize: 2)] : []
    },
    ModuleEntry("PointwiseMaxPool") { type, _ in
      type.has(.pointwise)
        ? [
          PointwiseMaxPool(type, kernelSize: 3, stride: 2, padding: 1),
          PointwiseMaxPool(type, kernelSize: 2, stride: 1, dilation: 2),
        ]
        : []
    },
    ModuleEntry("PointwiseAvgPool") { type, _ in
      type.has(.pointwise) ? [PointwiseAvgPool(type, kernelSize: 3, stride: 2, padding: 1)] : []
    },
    ModuleEntry("PointwiseMaxPoolAntialiased") { type, _ in
      type.has(.pointwise) ? [PointwiseMaxPoolAntialiased(type, kernelSize: 3, stride: 2, padding: 1)] : []
    },
    ModuleEntry("PointwiseAvgPoolAntialiased") { type, _ in
      [PointwiseAvgPoolAntialiased(type, sigma: 0.66, stride: 2)]
    },
    ModuleEntry("PointwiseAdaptiveAvgPool") { type, _ in
      type.has(.pointwise) ? [PointwiseAdaptiveAvgPool(type, outputSize: 2)] : []
    },
    ModuleEntry("PointwiseAdaptiveMaxPool") { type, _ in
      type.has(.pointwise) ? [PointwiseAdaptiveMaxPool(type, outputSize: 3)] : []
    },
    ModuleEntry("GroupPooling") { type, _ in type.has(.pointwise) ? [GroupPooling(type)] : [] },
  ]

  private static let structure: [ModuleEntry] = [
    ModuleEntry("IdentityModule") { type, _ in [IdentityModule(type)] },
    ModuleEntry("MaskModule") { type, _ in [MaskModule(type, size: 5, margin: 10)] },
    ModuleEntry("RestrictionModule") { type, _ in
      restrictions(of: type.space).prefix(3).map { RestrictionModule(type, to: $0) }
    },
    ModuleEntry("DisentangleModule") { type, _ in
      let restricted = restrictions(of: type.space).suffix(1).compactMap { try? type.restricted(to: $0) }
      return ([type] + restricted).map { DisentangleModule($0) }
    },
    ModuleEntry("ReshuffleModule") { type, _ in
      [ReshuffleModule(type, permutation: Array((0..<type.count).reversed()))]
    },
    ModuleEntry("BranchingModule") { type, _ in
      FieldOrder.allCases.map { BranchingModule(type, labels: alternating(type), order: $0) }
    },
    ModuleEntry("MergeModule") { type, rng in
      [
        MergeModule(
          R2Conv(from: type, to: type, kernelSize: 3, rng: &rng), MaskModule(type, size: 5).then { r2($0, &rng) },
          FieldDropout(type, rng: &rng).then { PointwiseAvgPoolAntialiased($0, sigma: 0.33, stride: 1, padding: 0) })
      ]
    },
    ModuleEntry("MultipleModule") { type, rng in
      let labels = alternating(type)
      let parts = BranchingModule(type, labels: labels).branches
      let simple = MultipleModule(
        type, labels: labels,
        branches: parts.map {
          (
            label: $0.label,
            module: $0.type.has(.pointwise) ? InnerBatchNorm($0.type).then { ReLU($0) } : IdentityModule($0.type)
          )
        })
      // One branch reads all labels in the opposite order, one reads a label for a second time.
      let whole = parts.dropFirst().reduce(parts[0].type) { $1.type + $0 }
      let shared = MultipleModule(
        type, labels: labels,
        branches: [
          (labels: parts.map(\.label).reversed(), module: r2(whole, &rng)),
          (labels: [parts[0].label], module: r2(parts[0].type, &rng)),
        ])
      return [simple, shared]
    },
    ModuleEntry("ResidualModule") { type, rng in
      [
        ResidualModule(R2Conv(from: type, to: type, kernelSize: 3, padding: 1, rng: &rng)),
        ResidualModule(r2(type, &rng), shortcut: R2Conv(from: type, to: type, kernelSize: 5, padding: 1, rng: &rng)),
      ]
    },
    ModuleEntry("SequentialModule") { type, rng in
      let hidden = FieldType(type.space, [type.space.trivial] + type.representations)
      let norm: (FieldType) -> EquivariantModule = { $0.has(.pointwise) ? InnerBatchNorm($0) : IdentityModule($0) }
      return [
        SequentialModule(
          MaskModule(type, size: 5), R2Conv(from: type, to: hidden, kernelSize: 3, padding: 1, rng: &rng), norm(hidden),
          ReshuffleModule(hidden, permutation: Array((0..<hidden.count).reversed())),
          R2Conv(from: hidden.reversed, to: type, kernelSize: 3, stride: 2, rng: &rng), norm(type),
          FieldDropout(type, rng: &rng))
      ]
    },
  ]

  private static func r2(_ type: FieldType, _ rng: inout Generator) -> R2Conv {
    R2Conv(from: type, to: type, kernelSize: 3, rng: &rng)
  }

  private static func alternating(_ type: FieldType) -> [String] { (0..<type.count).map { $0 % 2 == 0 ? "b" : "a" } }

  /// Some subgroups of every kind that a space has.
  static func restrictions(of space: GSpace) -> [SubgroupID] {
    switch space.group.kind {
    case .so2: [.rotations(4), .rotations(1), .rotations(8)]
    case .o2: [.rotationsAll, .dihedral(angle: .pi / 2, 4), .reflection(angle: .pi)]
    default: space.group.subgroups.map(\.id).reversed()
    }
  }
}

extension FieldType {
  /// The fields in the opposite order.
  var reversed: FieldType { selecting((0..<count).reversed()) }
}

extension EquivariantModule {
  /// This module and one that takes its output.
  func then(_ next: (FieldType) -> EquivariantModule) -> SequentialModule { SequentialModule(self, next(outputType)) }
}

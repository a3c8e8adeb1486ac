import EquivariantLayers
import Layers
import Symmetry
import Tensors

/// The networks of Tools/make-network-goldens.py, built here.
final class GoldenNetwork: Module {
  let body: SequentialModule
  let head: Sequential?

  init(_ parts: [EquivariantModule], head: Sequential? = nil) {
    body = SequentialModule(parts)
    self.head = head
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let y = body(GeometricTensor(x, body.inputType)).tensor
    return head.map { $0(y.mean(along: [2, 3])) } ?? y
  }

  /// The names of the networks, without their library.
  static let names = [
    "c4", "c8", "d4", "d8", "restricted", "so2_norm", "o2_gated", "d4_induced", "c8_vectorfield", "d4_gnorm",
    "c4_transposed",
  ]

  /// The names of networks with modules that only escnn has.
  static let namesOfEscnn = ["c4_concatenated", "c4_iid", "so2_fourier"]

  /// The network of a name, with any weights.
  static func named(_ name: String, dtype: DType = .float64) throws -> GoldenNetwork {
    var rng = Generator(seed: 1)
    func conv(
      _ from: FieldType, _ to: FieldType, _ size: Int, padding: Int = 0, hasBias: Bool = true
    ) -> R2Conv {
      R2Conv(from: from, to: to, kernelSize: size, padding: padding, hasBias: hasBias, dtype: dtype, rng: &rng)
    }
    func norm(_ type: FieldType) -> InnerBatchNorm { InnerBatchNorm(type, dtype: dtype) }
    switch name {
    case "c4":
      let g = GSpace.rotations(4)
      let (a, b) = (FieldType(g, g.trivial), FieldType(g, [g.regular, g.trivial, g.regular]))
      let c = FieldType(g, 2 * g.regular)
      return GoldenNetwork(
        [
          conv(a, b, 5, padding: 2), norm(b), ReLU(b), PointwiseMaxPool(b, kernelSize: 2),
          conv(b, c, 3, padding: 1, hasBias: false), norm(c), ELU(c), GroupPooling(c),
        ],
        head: Sequential(
          Linear(from: 2, to: 4, dtype: dtype, rng: &rng), BatchNorm1D(4, dtype: dtype), Activation(.elu(1)),
          Linear(from: 4, to: 2, dtype: dtype, rng: &rng)))
    case "c8":
      let g = GSpace.rotations(8)
      let (a, b) = (FieldType(g, 2 * g.trivial), FieldType(g, g.regular))
      return GoldenNetwork([
        MaskModule(a, size: 11, margin: 1), conv(a, b, 5, padding: 2), norm(b), ELU(b),
        PointwiseAvgPoolAntialiased(b, sigma: 0.66, stride: 2), conv(b, b, 3), norm(b), ELU(b),
      ])
    case "d4":
      let g = GSpace.dihedral(4)
      let (a, b) = (FieldType(g, g.trivial), try FieldType("regular + quotient((None,2))", on: g))
      let c = try FieldType("irrep(1,1) + irrep(1,0) + trivial + irrep(0,2)", on: g)
      return GoldenNetwork([conv(a, b, 3, padding: 1), norm(b), ReLU(b), conv(b, c, 3)])
    case "d8":
      let g = try GSpace("D8", axis: 0)
      let (a, b) = (FieldType(g, g.trivial), FieldType(g, g.regular))
      return GoldenNetwork([conv(a, b, 3, padding: 1), norm(b), ReLU(b), GroupPooling(b)])
    case "restricted":
      let g = GSpace.dihedral(4)
      let (a, b) = (FieldType(g, g.trivial), FieldType(g, g.regular))
      let r = RestrictionModule(b, to: .rotations(4))
      let h = r.outputType.space
      let c = FieldType(h, h.regular)
      let s = RestrictionModule(c, to: .rotations(1))
      let t = s.outputType.space
      let d = FieldType(t, 2 * t.trivial)
      return GoldenNetwork([
        conv(a, b, 3), ReLU(b), r, conv(r.outputType, c, 3), ReLU(c), s, conv(s.outputType, d, 3),
      ])
    default: return try ofFields(named: name, dtype: dtype)
    }
  }

  /// The networks with fields that are not permuted.
  private static func ofFields(named name: String, dtype: DType) throws -> GoldenNetwork {
    var rng = Generator(seed: 2)
    func conv(_ from: FieldType, _ to: FieldType, _ size: Int, padding: Int = 0) -> R2Conv {
      R2Conv(from: from, to: to, kernelSize: size, padding: padding, dtype: dtype, rng: &rng)
    }
    switch name {
    case "so2_norm":
      let g = GSpace.so2
      let (a, b) = (FieldType(g, g.trivial), try FieldType("irrep(2) + 2 irrep(1)", on: g))
      return GoldenNetwork([
        conv(a, b, 5, padding: 2), NormBatchNorm(b, dtype: dtype), NormNonLinearity(b, dtype: dtype), conv(b, b, 3),
        NormNonLinearity(b, .sigmoid, dtype: dtype), NormPool(b),
      ])
    case "o2_gated":
      let g = try GSpace("O2")
      let a = FieldType(g, g.trivial)
      let b = try FieldType("3 trivial + irrep(1,1) + irrep(1,2) + irrep(1,1)", on: g)
      let c = try FieldType("irrep(1,1) + irrep(1,0) + irrep(1,2)", on: g)
      let gates = GatedNonLinearity1(
        b, roles: [.gate, .gate, .gate, .gated, .gated, .gated], pairing: .byAscendingSize, dtype: dtype, rng: &rng)
      return GoldenNetwork([
        conv(a, b, 5, padding: 2), gates, conv(gates.outputType, c, 3), NormNonLinearity(c, dtype: dtype),
      ])
    case "d4_induced":
      let g = GSpace.dihedral(4)
      let a = FieldType(g, g.trivial)
      let b = try FieldType("2 induced((None,4),irrep(1))", on: g)
      let c = try FieldType("2 quotient((None,4)) + 2 induced((None,4),irrep(1))", on: g)
      return GoldenNetwork([
        conv(a, b, 3, padding: 1), InducedNormBatchNorm(b, dtype: dtype), InducedNormNonLinearity(b, dtype: dtype),
        conv(b, c, 3), InducedGatedNonLinearity1(c, dtype: dtype, rng: &rng), InducedNormPool(b),
      ])
    case "c8_vectorfield":
      let g = GSpace.rotations(8)
      let (a, b) = (FieldType(g, g.trivial), FieldType(g, 2 * g.regular))
      return GoldenNetwork([
        conv(a, b, 3, padding: 1), InnerBatchNorm(b, dtype: dtype), VectorFieldNonLinearity(b),
        conv(FieldType(g, 2 * g.irrep(1)), a, 3),
      ])
    case "d4_gnorm":
      let g = GSpace.dihedral(4)
      let (a, b) = (FieldType(g, g.trivial), try FieldType("irrep(1,1) + regular + trivial + irrep(1,1)", on: g))
      return GoldenNetwork([conv(a, b, 3), GNormBatchNorm(b, dtype: dtype), NormNonLinearity(b, dtype: dtype)])
    case "c4_transposed":
      let g = GSpace.rotations(4)
      let (a, b) = (FieldType(g, g.trivial), FieldType(g, g.regular))
      return GoldenNetwork([
        conv(a, b, 3), ReLU(b),
        R2ConvTransposed(from: b, to: b, kernelSize: 3, stride: 2, padding: 1, dtype: dtype, rng: &rng), ReLU(b),
        conv(b, a, 3),
      ])
    case "c4_concatenated":
      let g = GSpace.rotations(4)
      let (a, b) = (FieldType(g, g.trivial), FieldType(g, 2 * g.regular))
      return GoldenNetwork([conv(a, b, 3), InnerBatchNorm(b, dtype: dtype), ConcatenatedNonLinearity(b)])
    case "c4_iid":
      let g = GSpace.rotations(4)
      let (a, b) = (FieldType(g, g.trivial), try FieldType("regular + irrep(1) + trivial + regular", on: g))
      return GoldenNetwork([conv(a, b, 3), IIDBatchNorm2D(b, dtype: dtype), NormNonLinearity(b, dtype: dtype)])
    case "so2_fourier":
      let g = GSpace.so2
      let a = FieldType(g, g.trivial)
      let f = FourierELU(g, channels: 2, irreps: (0...2).map { g.irrep($0).irreps[0] }, samples: 8)
      return GoldenNetwork([
        conv(a, f.inputType, 5, padding: 2), IIDBatchNorm2D(f.inputType, dtype: dtype), f, conv(f.outputType, a, 3),
      ])
    default: throw UnknownName(name: name)
    }
  }

  struct UnknownName: Error { let name: String }
}

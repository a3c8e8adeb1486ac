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
  static let names = ["c4", "c8", "d4", "d8", "restricted"]

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
    default: throw ImportNameError(name: name)
    }
  }

  struct ImportNameError: Error { let name: String }
}

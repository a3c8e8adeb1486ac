import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

/// What `TensorProductModule` computes; its equivariance, export and gradients are among the laws of all modules.
struct TensorProductTests {
  /// Vectors as complex numbers z, whose products that turn twice as fast are the multiples c z².
  @Test func squaresOfComplexNumbers() {
    let so2 = GSpace.so2
    var rng = Generator(seed: 1)
    let layer = TensorProductModule(
      from: FieldType(so2, 2 * so2.irrep(1)), to: FieldType(so2, 2 * so2.irrep(2)), dtype: .float64, rng: &rng)
    let x = Tensor.randn([1, 4, 3, 5], using: &rng, dtype: .float64)
    let y = withoutGradient { layer(layer.inputType(x)).tensor }
    for field in 0..<2 {
      let (a, b) = (x.narrow(1, start: 2 * field, length: 1), x.narrow(1, start: 2 * field + 1, length: 1))
      let (p, q) = (y.narrow(1, start: 2 * field, length: 1), y.narrow(1, start: 2 * field + 1, length: 1))
      let (re, im) = (a * a - b * b, 2.0 * a * b)
      let norm = re * re + im * im
      for ratio in [(p * re + q * im) / norm, (q * re - p * im) / norm] {
        let values = ratio.scalars(as: Double.self)
        #expect(values.allSatisfy { abs($0 - values[0]) < 1e-9 }, "field \(field): \(values)")
      }
      #expect(p.abs().max().item() > 1e-3)
    }
  }

  /// The map is the matrix that is expanded, applied to the Kronecker square of each field by itself.
  @Test func agreesWithTheDefinition() {
    let d3 = GSpace.dihedral(3)
    var rng = Generator(seed: 2)
    let layer = TensorProductModule(
      from: FieldType(d3, 2 * d3.regular), to: FieldType(d3, 2 * d3.irrep(1, 1)), dtype: .float64, rng: &rng)
    let x = Tensor.randn([3, 12, 1, 1], using: &rng, dtype: .float64)
    withoutGradient {
      let filter = layer.linear.expandFilter().reshape([2, 2, 36])
      let fields = x.reshape([3, 2, 6])
      let squares = (fields.unsqueeze(3) * fields.unsqueeze(2)).reshape([3, 2, 36, 1])
      let expected = filter.unsqueeze(0).matmul(squares).reshape([3, 4, 1, 1])
      #expect(layer(layer.inputType(x)).tensor.maxAbsDifference(to: expected) < 1e-12)
    }
    #expect(layer.stateDict().keys == ["weights"])
  }

  @Test func wrongTypesTrap() async {
    let mixed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      let type = FieldType(c4, [c4.trivial, c4.regular])
      var rng = Generator(seed: 0)
      _ = TensorProductModule(from: type, to: type, rng: &rng)
    }
    #expect(Self.message(mixed).contains("are not equally many fields of one kind each"))
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let so2 = GSpace.so2
      let type = FieldType(so2, so2.irrep(1))
      var rng = Generator(seed: 0)
      _ = TensorProductModule(from: type, to: type, rng: &rng)
    }
    #expect(Self.message(none).contains("kernel basis from"))
  }

  private static func message(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }
}

import Tensors
import Testing

@Suite("Differentiation")
struct AutogradTests {
  /// A function, its name, and where it is differentiated.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let shapes: [Shape]
    let function: @Sendable ([Tensor]) -> Tensor
    var testDescription: String { name }

    init(_ name: String, _ shapes: Shape..., function: @escaping @Sendable ([Tensor]) -> Tensor) {
      self.name = name
      self.shapes = shapes
      self.function = function
    }
  }

  static let cases: [Case] = [
    Case("add", [2, 3], [3]) { $0[0] + $0[1] },
    Case("subtract", [2, 1], [1, 3]) { $0[0] - $0[1] },
    Case("multiply", [2, 3], [2, 1]) { $0[0] * $0[1] },
    Case("divide", [2, 3], [3]) { $0[0] / ($0[1] + 3.0) },
    Case("scalars", [4]) { 2.0 / (3.0 - $0[0] * 0.5) },
    Case("exp", [4]) { $0[0].exp() },
    Case("log", [4]) { ($0[0].square() + 1).log() },
    Case("sqrt", [4]) { ($0[0].square() + 1).sqrt() },
    Case("trigonometry", [4]) { $0[0].sin() * $0[0].cos() },
    Case("tanh", [4]) { $0[0].tanh() },
    Case("erf", [4]) { $0[0].erf() },
    Case("pow", [4]) { ($0[0].abs() + 1).pow(1.7) },
    Case("maximum", [4], [4]) { $0[0].maximum($0[1]) },
    Case("clamp", [6]) { $0[0].clamp(min: -0.5, max: 0.5) },
    Case("where", [4], [4]) { Tensor.where($0[0].greater(than: 0), $0[0] * 2, $0[1]) },
    Case("mean", [2, 3]) { $0[0].mean(along: 1) },
    Case("max", [2, 3]) { $0[0].max(along: 1) },
    Case("variance", [2, 5]) { $0[0].variance(along: 1) },
    Case("norm", [2, 5]) { $0[0].norm(along: 0) },
    Case("logSumExp", [2, 5]) { $0[0].logSumExp(along: 1) },
    Case("product", [2, 3]) { $0[0].product(along: 1) },
    Case("cumsum", [5]) { $0[0].cumsum(along: 0).square() },
    Case("permute", [2, 3, 2]) { $0[0].permute([2, 0, 1]).reshape([4, 3]).square() },
    Case("concatenated", [2, 3], [1, 3]) { Tensor.concatenated($0).square() },
    Case("subscript", [3, 4]) { $0[0][1..<3, .every(2)].square() },
    Case("gather", [2, 3]) { $0[0].gather(1, Tensor([[0, 0], [2, 1]])).square() },
    Case("index", [4, 2]) { $0[0][Tensor([3, 3, 0])].square() },
    Case("scatterAdd", [4]) { Tensor.zeros([2], dtype: .float64).scatterAdd(0, Tensor([0, 1, 1, 0]), $0[0]).square() },
    Case("rot90", [2, 2]) { $0[0].rot90() * Tensor([[1.0, 2.0], [3.0, 4.0]]) },
    Case("matmul", [2, 3], [3, 2]) { $0[0].matmul($0[1]) },
    Case("linear", [2, 3], [4, 3], [4]) { $0[0].linear($0[1], bias: $0[2]).square() },
    Case("einsum", [2, 3], [3, 2]) { Tensor.einsum("ij,jk->k", $0[0], $0[1]) },
  ]

  @Test(arguments: cases)
  func agreesWithCentralDifferences(of test: Case) {
    var rng = Generator(seed: 42)
    let points = test.shapes.map { Tensor.randn($0, using: &rng, dtype: .float64) }
    let weights = Tensor.randn(test.function(points).shape, using: &rng, dtype: .float64)
    func loss(_ inputs: [Tensor]) -> Tensor { (test.function(inputs) * weights).sum() }

    let leaves = points.map { $0.requiringGradient() }
    let found = gradients(of: loss(leaves), with: leaves)
    #expect(found.count == leaves.count)
    let step = 1e-6
    for (index, point) in points.enumerated() {
      let numbers = point.scalars(as: Double.self)
      let analytic = found[index].scalars(as: Double.self)
      #expect(found[index].shape == point.shape)
      for element in numbers.indices {
        func value(_ offset: Double) -> Double {
          var moved = numbers
          moved[element] += offset
          var inputs = points
          inputs[index] = Tensor(moved, shape: point.shape)
          return loss(inputs).item()
        }
        let numeric = (value(step) - value(-step)) / (2 * step)
        #expect(abs(numeric - analytic[element]) < 1e-7 * (1 + abs(numeric)), "input \(index), element \(element)")
      }
    }
  }

  @Test func backwardAddsUp() {
    let x = Tensor([1.0, 2.0]).requiringGradient()
    #expect(x.requiresGradient && x.isLeaf && x.grad == nil)
    (x * x).sum().backward()
    #expect(x.grad?.scalars() == [2.0, 4.0])
    (x * 3).sum().backward()
    #expect(x.grad?.scalars() == [5.0, 7.0])
    #expect(!x.detach().requiresGradient)
    (x * x).backward(seed: Tensor([1.0, 0.0]))
    #expect(x.grad?.scalars() == [7.0, 7.0])
  }

  @Test func secondDerivatives() {
    let x = Tensor(2.0, dtype: .float64).requiringGradient()
    let first = gradients(of: x.pow(3), with: [x], creatingGraph: true)[0]
    #expect(first.item() == 12)
    let second = gradients(of: first, with: [x])[0]
    #expect(second.item() == 12)
    #expect(x.grad == nil)
  }

  @Test func scopes() throws {
    struct Stop: Error {}
    let x = Tensor([1.0]).requiringGradient()
    #expect(isGradientEnabled)
    let y = withoutGradient { () -> Tensor in
      #expect(!isGradientEnabled)
      withGradient(enabled: true) { #expect(isGradientEnabled) }
      return x * 2
    }
    #expect(!y.requiresGradient)
    #expect(throws: Stop.self) { try withoutGradient { () throws(Stop) in throw Stop() } }
    #expect(isGradientEnabled, "the mode comes back after an error too")
    #expect((x * 2).requiresGradient)
  }

  @Test func failures() {
    let x = Tensor([1.0, 2.0]).requiringGradient()
    #expect(throws: TorchError.self) { try (x * 2).checked.backward() }
    #expect(throws: TorchError.self) { try Tensor([1.0]).checked.backward() }
  }
}

import Tensors
import Testing

@Suite struct GradientsTests {
  @Test func unusedInputsHaveNone() throws {
    let (x, y) = (Tensor([2.0, 3.0]).requiringGradient(), Tensor([1.0]).requiringGradient())
    let output = x.square().sum()
    let found = gradientsWhereUsed(of: output, with: [x, y], retainingGraph: true)
    #expect(found.count == 2 && found[1] == nil)
    #expect(found[0]?.scalars(as: Double.self) == [4, 6])
    #expect(x.grad == nil && y.grad == nil)
    let error = #expect(throws: TorchError.self) { try output.checked.gradients(with: [x, y]) }
    #expect(error?.details.operation == "gradients")
    #expect(throws: TorchError.self) { try x.checked.gradients(with: [x]) }
  }

  @Test func seedsAndSecondDerivatives() throws {
    let x = Tensor([2.0, 3.0]).requiringGradient()
    let cube = x.pow(3.0)
    let seed = Tensor([1.0, 10.0])
    let first = gradients(of: cube, with: [x], seed: seed, creatingGraph: true)
    #expect(first[0].scalars(as: Double.self) == [12, 270])
    let second = try #require(gradientsWhereUsed(of: first[0].sum(), with: [x])[0])
    #expect(second.scalars(as: Double.self) == [12, 180])
  }

  @Test func dependenceIsTrappedWithTheName() async {
    await #expect(processExitsWith: .failure) {
      let (x, y) = (Tensor([2.0]).requiringGradient(), Tensor([1.0]).requiringGradient())
      _ = gradients(of: x.sum(), with: [y])
    }
  }
}

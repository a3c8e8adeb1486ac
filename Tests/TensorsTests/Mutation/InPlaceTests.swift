import Tensors
import Testing

@Suite("Operations in place")
struct InPlaceTests {
  @Test func arithmetic() {
    let cell = Tensor([1.0, 2.0])
    cell.addInPlace(Tensor([1.0, 1.0]), alpha: 0.5)
    #expect(cell.scalars() == [1.5, 2.5])
    cell.multiplyInPlace(2)
    cell.addInPlace(-1.0)
    #expect(cell.scalars() == [2.0, 4.0])
    cell.addProductInPlace(Tensor([1.0, 2.0]), Tensor([3.0, 4.0]), value: 0.5)
    #expect(cell.scalars() == [3.5, 8.0])
    cell.addQuotientInPlace(Tensor([1.0, 4.0]), Tensor([2.0, 2.0]), value: -1)
    #expect(cell.scalars() == [3.0, 6.0])
    cell.interpolateInPlace(to: Tensor([1.0, 2.0]), weight: 0.5)
    #expect(cell.scalars() == [2.0, 4.0])
    cell.divideInPlace(Tensor([2.0, 2.0]))
    cell.multiplyInPlace(Tensor([1.0, 3.0]))
    #expect(cell.scalars() == [1.0, 6.0])
    cell.zeroInPlace()
    #expect(cell.scalars() == [0.0, 0.0])
  }

  @Test func leavesKeepTheirIdentity() {
    let cell = Tensor([1.0, 2.0]).requiringGradient()
    (cell * cell).sum().backward()
    cell.copyInPlace(from: Tensor([Float(5), 6]))
    #expect(cell.scalars() == [5.0, 6.0] && cell.dtype == .float64)
    #expect(cell.requiresGradient && cell.isLeaf)
    #expect(cell.grad?.scalars() == [2.0, 4.0])
    cell.setGradient(nil)
    #expect(cell.grad == nil)
    cell.setGradient(Tensor([1.0, 1.0]))
    #expect(cell.grad?.scalars() == [1.0, 1.0])
    #expect(throws: TorchError.self) { try cell.checked.copyInPlace(from: Tensor([1.0])) }
  }

  @Test func lists() {
    let cells = [Tensor([1.0]), Tensor([2.0, 3.0])]
    Torch.foreach("aten::_foreach_mul_", overload: "Scalar", [.tensorList(cells), 2.0])
    #expect(cells[0].scalars() == [2.0] && cells[1].scalars() == [4.0, 6.0])
    let gradients = [Tensor([1.0]), Tensor([1.0, 1.0])]
    Torch.foreach(
      "aten::_foreach_add_", overload: "List", [.tensorList(cells), .tensorList(gradients)], named: ["alpha": -1])
    #expect(cells[1].scalars() == [3.0, 5.0])
  }
}

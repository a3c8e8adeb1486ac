import Tensors
import Testing

@Suite("Arranging elements")
struct ArrangementTests {
  let x = Tensor.arange(0, 6).reshape([2, 3])

  @Test func shapes() {
    #expect(x.reshape([3, -1]).shape == [3, 2])
    #expect(x.view([6]).scalars() == [0, 1, 2, 3, 4, 5])
    #expect(x.flatten().shape == [6])
    #expect(Tensor.zeros([2, 3, 4, 5]).flatten(from: 1).shape == [2, 60])
    #expect(Tensor.zeros([2, 3, 4, 5]).flatten(from: 1, to: 2).shape == [2, 12, 5])
    #expect(Tensor.zeros([2, 3, 4]).permute([2, 0, 1]).shape == [4, 2, 3])
    #expect(x.transpose().scalars() == [0, 3, 1, 4, 2, 5])
    #expect(x.unsqueeze(-1).shape == [2, 3, 1])
    #expect(Tensor.zeros([1, 3, 1]).squeeze().shape == [3])
    #expect(Tensor.zeros([1, 3, 1]).squeeze(0).shape == [3, 1])
    #expect(Tensor([[1], [2]]).expand(to: [2, 3]).scalars() == [1, 1, 1, 2, 2, 2])
  }

  @Test func joins() {
    #expect(Tensor.concatenated([x, x]).shape == [4, 3])
    #expect(Tensor.concatenated([x, x], along: 1).scalars() == [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5])
    #expect(Tensor.stacked([x, x, x], along: 1).shape == [2, 3, 3])
    #expect(x.split(2, along: 1).map(\.shape) == [[2, 2], [2, 1]])
    #expect(x.split(sizes: [1, 2], along: 1).map(\.shape) == [[2, 1], [2, 2]])
    #expect(x.chunk(2).map { $0.scalars(as: Int.self) } == [[0, 1, 2], [3, 4, 5]])
  }

  @Test func moves() {
    #expect(x.flip([1]).scalars() == [2, 1, 0, 5, 4, 3])
    #expect(x.roll([1], along: [1]).scalars() == [2, 0, 1, 5, 3, 4])
    #expect(x.rot90().scalars() == [2, 5, 1, 4, 0, 3], "counter-clockwise, as a picture is seen")
    #expect(x.rot90(-1).scalars() == [3, 0, 4, 1, 5, 2])
    #expect(x.rot90(4).scalars(as: Int.self) == x.scalars(as: Int.self))
    #expect(x.repeat([2, 1]).shape == [4, 3])
    #expect(Tensor([1, 2]).repeatEach(2, along: 0).scalars() == [1, 1, 2, 2])
    #expect(Tensor.eye(3).diagonal().scalars() == [Float(1), 1, 1])
    #expect(Tensor.ones([2, 2]).lowerTriangle().scalars() == [Float(1), 0, 1, 1])
    #expect(Tensor.ones([2, 2]).upperTriangle(diagonal: 1).scalars() == [Float(0), 1, 0, 0])
  }

  @Test func products() {
    let a = Tensor([[1.0, 2.0], [3.0, 4.0]])
    let b = Tensor([[0.0, 1.0], [1.0, 1.0]])
    #expect(a.matmul(b).scalars() == [2.0, 3.0, 4.0, 7.0])
    #expect(a.matmul(Tensor([1.0, -1.0])).scalars() == [-1.0, -1.0])
    let batch = Tensor.stacked([a, b])
    #expect(batch.bmm(batch).scalars() == [7.0, 10.0, 15.0, 22.0, 1.0, 1.0, 1.0, 2.0])
    #expect(a.linear(b).scalars() == [2.0, 3.0, 4.0, 7.0], "b is symmetric")
    #expect(a.linear(Tensor([[1.0, 10.0]]), bias: Tensor([0.5])).scalars() == [21.5, 43.5])
    #expect(Tensor.einsum("ij,jk->ik", a, b).scalars(as: Double.self) == a.matmul(b).scalars(as: Double.self))
    #expect(Tensor.einsum("ii->", a).item() == 5)
  }
}

import Tensors
import Testing

@Suite("Indexing")
struct IndexingTests {
  let x = Tensor.arange(0, 24).reshape([2, 3, 4])

  @Test func subscripts() {
    #expect(x[1].shape == [3, 4])
    #expect(x[1, 2, 3].integer() == 23)
    #expect(x[-1, 0].scalars() == [12, 13, 14, 15])
    #expect(x[0, 1..<3].scalars() == [4, 5, 6, 7, 8, 9, 10, 11])
    #expect(x[.all, 0, 1...2].scalars() == [1, 2, 13, 14])
    #expect(x[.rest, 0].scalars() == [0, 4, 8, 12, 16, 20])
    #expect(x[1, .rest, 3].scalars() == [15, 19, 23])
    #expect(x[.all, .newAxis].shape == [2, 1, 3, 4])
    #expect(x[0, 0, (-2)...].scalars() == [2, 3])
    #expect(x[0, 0, ..<2].scalars() == [0, 1])
    #expect(x[0, 0, .every(2, from: 1)].scalars() == [1, 3])
    #expect(x[0, Tensor([2, 0])].scalars() == [8, 9, 10, 11, 0, 1, 2, 3])
    #expect(x[.all, Tensor([0]), 1].scalars() == [1, 13])
    #expect(x[x.greater(than: 20)].scalars() == [21, 22, 23])
    let corners = Tensor([[true, false, false], [false, false, true]])
    #expect(x[corners, Tensor([1, 2])].scalars() == [1, 22])
    #expect(x[0, Tensor([true, false, true]), 0].scalars() == [0, 8])
  }

  @Test func picking() {
    let y = Tensor([[10, 20, 30], [40, 50, 60]])
    #expect(y.narrow(1, start: 1, length: 2).scalars() == [20, 30, 50, 60])
    #expect(y.select(0, index: 1).scalars() == [40, 50, 60])
    #expect(y.slice(1, from: 0, to: 3, by: 2).scalars() == [10, 30, 40, 60])
    #expect(y.indexSelect(1, Tensor([2, 0])).scalars() == [30, 10, 60, 40])
    #expect(y.gather(1, Tensor([[0, 2], [1, 1]])).scalars() == [10, 30, 50, 50])
    #expect(y.masked(by: y.greater(than: 35)).scalars() == [40, 50, 60])
    #expect(Tensor([0, 5, 0, 7]).nonzero().scalars() == [1, 3])
  }

  @Test func placing() {
    let zeros = Tensor.zeros([2, 3])
    let indices = Tensor([[2], [0]])
    #expect(zeros.scatter(1, indices, Tensor([[Float(5)], [6]])).scalars() == [Float(0), 0, 5, 6, 0, 0])
    #expect(zeros.scatter(1, indices, value: 1).scalars() == [Float(0), 0, 1, 1, 0, 0])
    #expect(zeros.sum().item() == 0, "the operand stays what it was")
    let sums = Tensor.zeros([2]).scatterAdd(0, Tensor([0, 1, 0]), Tensor([Float(1), 2, 3]))
    #expect(sums.scalars() == [Float(4), 2])
    let rows = Tensor.zeros([2, 2]).indexAdd(0, Tensor([1, 1]), Tensor.ones([2, 2]))
    #expect(rows.scalars() == [Float(0), 0, 2, 2])
    #expect(Tensor([1, 0]).oneHot(classes: 3).scalars() == [0, 1, 0, 1, 0, 0])
    #expect(Tensor([1, 1, 3]).bincount().scalars() == [0, 2, 0, 1])
  }

  @Test func ordering() {
    let y = Tensor([3.0, 1.0, 2.0])
    #expect(y.sorted().values.scalars() == [1.0, 2.0, 3.0])
    #expect(y.sorted(descending: true).indices.scalars() == [0, 2, 1])
    #expect(y.argsort().scalars() == [1, 2, 0])
    let top = y.topK(2)
    #expect(top.values.scalars() == [3.0, 2.0] && top.indices.scalars() == [0, 2])
    #expect(y.topK(1, largest: false).values.item() == 1)
  }
}

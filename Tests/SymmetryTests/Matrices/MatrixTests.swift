import Symmetry
import TestSupport
import Testing

@Suite struct MatrixTests {
  @Test func arithmetic() {
    let a = Matrix([[1, 2], [3, 4], [5, 6]])
    let b = Matrix([[1, 0, -1], [2, 1, 0]])
    #expect(a * b == Matrix([[5, 2, -1], [11, 4, -3], [17, 6, -5]]))
    #expect(a.transposed == Matrix([[1, 3, 5], [2, 4, 6]]))
    #expect(a + a == 2 * a && a - a == .zeros(3, 2) && -a == -1 * a)
    #expect(a * [1, -1] == [-1, -1, -1])
    #expect(Matrix([[1, 2]]).kron(Matrix([[0], [3]])) == Matrix([[0, 0], [3, 6]]))
    #expect(Matrix.blockDiagonal([a, .identity(1)]).columns == 3)
    #expect(Matrix.permutation([2, 0, 1]) * [10, 20, 30] == [20, 30, 10])
    #expect(a.maxAbsDifference(to: b) == .infinity)
    #expect(a.maxAbsDifference(to: a + Matrix([[0, 0.5], [0, 0], [0, 0]])) == 0.5)
  }

  @Test(arguments: [1, 2, 5, 20])
  func inversesAndFactors(_ size: Int) throws {
    var rng = SplitMix(UInt64(size))
    let matrix = rng.matrix(size, size)
    let inverse = try #require(matrix.inverse)
    #expect((matrix * inverse).maxAbsDifference(to: .identity(size)) <= 1e-9)
    let positive = matrix * matrix.transposed + Matrix.identity(size)
    let factor = try #require(positive.cholesky)
    #expect((factor * factor.transposed).maxAbsDifference(to: positive) <= 1e-12)
    #expect((-positive).cholesky == nil)
    #expect(Matrix.zeros(size, size).inverse == nil && Matrix.zeros(size, size + 1).inverse == nil)
    #expect(rng.orthogonal(size).isOrthogonal(tolerance: 1e-12))
  }
}

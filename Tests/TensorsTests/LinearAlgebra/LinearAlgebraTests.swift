import Tensors
import Testing

@Suite struct LinearAlgebraTests {
  static func tall() -> Tensor { wave(5, 3, phase: 0.5) }

  static let cases = [
    GoldenCase("inverse") { positiveMatrix(4).inverse() },
    GoldenCase("solve") { positiveMatrix(4).solve(wave(4, 2)) },
    GoldenCase("singularValues") { tall().singularValues() },
    GoldenCase("singularValues") { tall().svd().s },
    GoldenCase("eigenvalues") { positiveMatrix(4).eigh().values },
    GoldenCase("cholesky") { positiveMatrix(4).cholesky() },
    GoldenCase("cholesky") { positiveMatrix(4).cholesky(upper: true).transpose() },
    GoldenCase("determinant") { Tensor.stacked([positiveMatrix(4), positiveMatrix(4) * -2]).determinant() },
    GoldenCase("logDeterminant") { wave(3, 3, phase: 0.3).pow(3).logDeterminant().logMagnitude },
    GoldenCase("logDeterminant sign") { wave(3, 3, phase: 0.3).pow(3).logDeterminant().sign },
    GoldenCase("matrixNorm frobenius") { tall().matrixNorm() },
    GoldenCase("matrixNorm nuclear") { tall().matrixNorm(.nuclear) },
    GoldenCase("matrixNorm spectral") { tall().matrixNorm(.spectral) },
    GoldenCase("matrixNorm columns") { tall().matrixNorm(.maximumColumnSum) },
    GoldenCase("matrixNorm rows") { tall().matrixNorm(.maximumRowSum) },
    GoldenCase("pinverse") { tall().pseudoinverse(tolerance: 1e-12) },
    GoldenCase("lstsq") { tall().leastSquares(wave(5, 2)) },
    GoldenCase("matrixExponential") { wave(3, 3).matrixExponential() },
  ]

  @Test(arguments: cases) func matchesTorch(_ golden: GoldenCase) throws { try golden.check() }

  private func distance(_ a: Tensor, _ b: Tensor) -> Double { (a - b).abs().max().item() }

  @Test func factorsMultiplyToTheMatrix() {
    let a = Self.tall()
    let (u, s, vh) = a.svd()
    #expect(distance((u * s).matmul(vh), a) < 1e-12)
    #expect(a.svd(fullMatrices: true).u.shape == [5, 5])
    let (q, r) = a.qr()
    #expect(distance(q.matmul(r), a) < 1e-12)
    #expect(distance(q.transpose().matmul(q), .eye(3, dtype: .float64)) < 1e-12)
    #expect(a.qr(complete: true).q.shape == [5, 5])
    let m = positiveMatrix(4)
    let (values, vectors) = m.eigh()
    #expect(distance(m.matmul(vectors), vectors * values) < 1e-12)
  }

  @Test func gradientsAreExact() {
    expectGradients(of: { $0[0].inverse() }, at: [positiveMatrix(3)])
    expectGradients(of: { $0[0].solve($0[1]) }, at: [positiveMatrix(3), wave(3, 2)])
    expectGradients(of: { $0[0].determinant() }, at: [positiveMatrix(3)])
    expectGradients(of: { $0[0].singularValues() }, at: [positiveMatrix(3)])
    expectGradients(of: { $0[0].matrixExponential() }, at: [wave(3, 3)])
  }

  @Test func checkedErrors() {
    #expect(throws: TorchError.self) { try wave(2, 3).checked.inverse() }
    let singular = #expect(throws: TorchError.self) { try Tensor.ones([2, 2]).checked.inverse() }
    #expect(singular?.description.contains("singular") == true)
    #expect(throws: TorchError.self) { try positiveMatrix(3).checked.solve(wave(4, 2)) }
    #expect(throws: TorchError.self) { try (positiveMatrix(3) * -1).checked.cholesky() }
    #expect(throws: TorchError.self) { try wave(2, 3).checked.eigh() }
    #expect(throws: TorchError.self) { try wave(2, 3).checked.determinant() }
    #expect(throws: TorchError.self) { try wave(3).checked.svd() }
    #expect(throws: TorchError.self) { try wave(3).checked.qr() }
    #expect(throws: TorchError.self) { try wave(3).checked.matrixNorm() }
    #expect(throws: TorchError.self) { try wave(4, 2).checked.leastSquares(wave(3, 2)) }
  }
}

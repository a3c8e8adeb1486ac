import Tensors
import Testing

@Suite struct ComplexTests {
  @Test(arguments: [(DType.float32, DType.complex64), (.float64, .complex128)])
  func arithmetic(part: DType, whole: DType) {
    let z = Tensor.complex(real: Tensor([1, -2], dtype: part), imaginary: Tensor([2, 0.5], dtype: part))
    #expect(z.dtype == whole && z.dtype.isComplex && !z.dtype.isFloatingPoint)
    #expect((z * z).realPart().scalars(as: Double.self) == [-3, 3.75])
    #expect((z * z).imaginaryPart().scalars(as: Double.self) == [4, -2])
    #expect((z * z.conjugate()).realPart().scalars(as: Double.self) == [5, 4.25])
    #expect((z + 1.0).realPart().scalars(as: Double.self) == [2, -1])
    #expect(z.abs().dtype == part)
    #expect(z.viewAsReal().shape == [2, 2] && z.viewAsReal().viewAsComplex().dtype == whole)
    let turned = Tensor.polar(magnitude: Tensor([2], dtype: part), angle: Tensor([Double.pi / 2], dtype: part))
    #expect(abs(turned.imaginaryPart().item() - 2) < 1e-6 && abs(turned.angle().item() - .pi / 2) < 1e-6)
    #expect(z.to(.complex128).to(whole).isClose(to: z))
  }

  @Test func productsAndSolutions() {
    let a = Tensor.complex(
      real: Tensor([[2.0, 1], [0, 3]]), imaginary: Tensor([[0.5, -1], [1, 0]]))
    let identity = a.matmul(a.inverse())
    #expect((identity - Tensor.eye(2, dtype: .complex128)).abs().max().item() < 1e-14)
  }

  @Test func gradientsOfRealFunctions() {
    let x = Tensor([3.0, -1.0]).requiringGradient()
    let y = Tensor([1.0, 2.0]).requiringGradient()
    let energy = Tensor.complex(real: x, imaginary: y).abs().square().sum()
    let found = gradients(of: energy, with: [x, y])
    #expect(found[0].isClose(to: 2 * x) && found[1].isClose(to: 2 * y))
  }

  @Test func descriptionShowsBothParts() {
    let z = Tensor.complex(real: Tensor([1.0, 0.5]), imaginary: Tensor([-2.0, 0.25]))
    #expect(z.description == "Tensor([2], complex128)[1.0-2.0i, 0.5+0.25i]")
  }
}

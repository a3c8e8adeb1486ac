import Tensors
import Testing

@Suite struct FourierTransformTests {
  static func signal() -> Tensor { wave(2, 7) }
  static func plane() -> Tensor { wave(2, 5, 6) }
  static func complexSignal() -> Tensor { .complex(real: signal(), imaginary: wave(2, 7, phase: 1)) }

  static let cases: [GoldenCase] =
    FourierNormalization.allCases.flatMap { normalization in
      [
        GoldenCase("fft \(normalization)") { signal().fft(normalization: normalization) },
        GoldenCase("irfft2 \(normalization)") { plane().rfft2().irfft2(size: [5, 6], normalization: normalization) },
      ]
    } + [
      GoldenCase("fft padded") { signal().fft(length: 9) },
      GoldenCase("fft first axis") { signal().fft(along: 0) },
      GoldenCase("ifft") { complexSignal().ifft() },
      GoldenCase("rfft") { signal().rfft() },
      GoldenCase("irfft") { complexSignal().irfft(length: 11) },
      GoldenCase("fft2") { plane().fft2() },
      GoldenCase("ifft2") { plane().ifft2() },
      GoldenCase("rfft2") { plane().rfft2(size: [4, 8]) },
      GoldenCase("fftshift") { plane().fftshift() },
      GoldenCase("ifftshift") { plane().ifftshift(along: [-1]) },
    ]

  @Test(arguments: cases) func matchesTorch(_ golden: GoldenCase) throws { try golden.check() }

  private func distance(_ a: Tensor, _ b: Tensor) -> Double { (a - b).abs().max().item() }

  @Test func inversesUndo() {
    let (s, p) = (Self.signal(), Self.plane())
    #expect(distance(s.fft().ifft().realPart(), s) < 1e-12)
    #expect(distance(s.rfft().irfft(length: 7), s) < 1e-12)
    #expect(distance(p.fft2().ifft2().realPart(), p) < 1e-12)
    #expect(distance(p.fftshift().ifftshift(), p) == 0)
  }

  @Test func complexParts() {
    let z = Self.complexSignal()
    #expect(z.dtype == .complex128)
    #expect(distance(z.realPart(), Self.signal()) == 0)
    #expect(distance(z.imaginaryPart(), wave(2, 7, phase: 1)) == 0)
    #expect(z.viewAsReal().shape == [2, 7, 2])
    #expect(distance(z.viewAsReal().viewAsComplex(), z) == 0)
    #expect(distance(.polar(magnitude: z.abs(), angle: z.angle()), z) < 1e-12)
    #expect(distance((z * z.conjugate()).realPart(), z.abs() * z.abs()) < 1e-12)
    #expect(distance(z.conjugate().viewAsReal().select(-1, index: 1), z.imaginaryPart() * -1) == 0)
  }

  @Test func gradientsAreExact() {
    expectGradients(of: { $0[0].rfft2().viewAsReal() }, at: [wave(4, 5)])
    expectGradients(of: { $0[0].viewAsComplex().irfft(length: 6) }, at: [wave(4, 2)])
  }

  @Test func checkedErrors() {
    #expect(throws: TorchError.self) { try Self.signal().checked.fft(along: 2) }
    #expect(throws: TorchError.self) { try Self.signal().checked.fft(length: 0) }
    let sizes = #expect(throws: TorchError.self) { try Self.plane().checked.fft2(size: [4]) }
    #expect(sizes?.description == "fft2([2, 5, 6]): 1 lengths are given for 2 dimensions")
    #expect(throws: TorchError.self) { try Self.complexSignal().checked.rfft() }
    #expect(throws: TorchError.self) { try Self.signal().checked.viewAsReal() }
    #expect(throws: TorchError.self) { try Self.signal().checked.viewAsComplex() }
    #expect(throws: TorchError.self) { try CheckedTensor.complex(real: wave(2), imaginary: wave(3)) }
  }
}

import Foundation
import SteerableKernels
import Symmetry
import TestSupport
import Testing

/// Other axes, offsets, even sizes, dilations, rings, widths and rules than in the golden file, against the reference.
@Suite struct FingerprintTests {
  struct Case: Decodable {
    let group: String
    let `in`: String
    let out: String
    let kernelSize: Int
    let dilation: Int?
    let axis: Double?
    let cutoff: Double?
    let maximumOffset: Int?
    let rings: [Double]?
    let sigma: [Double]?
    let fingerprint: [Double]
  }

  @Test func everyElement() throws {
    let cases: [Case] = try Checkout.decodedGolden("kernel_bases.json")
    var (compared, worst) = (0, 0.0)
    for item in cases {
      let group = try Group(item.group)
      let configuration = KernelConfiguration(
        kernelSize: item.kernelSize, dilation: item.dilation ?? 1, rings: item.rings, sigma: item.sigma,
        frequencyCutoff: try item.cutoff.map { try FrequencyCutoff(String($0)) } ?? .default,
        maximumOffset: item.maximumOffset, axis: item.axis ?? .pi / 2)
      let basis = SampledKernelBasis.basis(
        from: try group.representation(item.in), to: try group.representation(item.out),
        configuration: configuration)
      try #require(basis.dimension == item.fingerprint.count, "\(item)")
      let length = basis.outSize * basis.inSize * basis.points
      for (b, expected) in item.fingerprint.enumerated() {
        let product = (0..<length).reduce(0.0) { $0 + basis.values[b * length + $1] * sin(Double($1 + 1)) }
        #expect(abs(product - expected) < 1e-4, "\(item), element \(b)")
        worst = max(worst, abs(product - expected))
        compared += 1
      }
    }
    print("golden kernel fingerprints compared: \(compared), largest difference \(worst)")
    #expect(compared > 2500)
  }
}

import Foundation
import SteerableKernels
import Symmetry
import TestSupport
import Testing

/// Every element of the reference's bases of differential operators, with its two defects undone (see the script).
@Suite struct DiffopFingerprintTests {
  struct Case: Decodable {
    let group: String
    let `in`: String
    let out: String
    let kernelSize: Int
    let maximumOrder: Int?
    let maximumPower: Int?
    let maximumOffset: Int?
    let dilation: Int?
    let axis: Double?
    let angleOffset: Double?
    let method: String?
    let smoothing: Double?
    let orders: [Int]
    let fingerprint: [Double]

    func configuration() throws -> DiffopConfiguration {
      let discretization: DiffopDiscretization =
        switch method {
        case nil: .finiteDifferences
        case "gauss"?: .gaussian(standardDeviation: (smoothing ?? 1) * (smoothing ?? 1) / 2.0.squareRoot())
        case let name?: .radialBasisFunctions(try #require(RadialBasisFunction(rawValue: name)))
        }
      let (size, order) = try DiffopConfiguration.resolve(
        kernelSize: kernelSize, accuracy: nil, maximumOrder: maximumOrder)
      return DiffopConfiguration(
        kernelSize: size, dilation: dilation ?? 1, maximumOrder: order, maximumPower: maximumPower,
        maximumOffset: maximumOffset, axis: axis ?? .pi / 2, angleOffset: angleOffset ?? 0,
        discretization: discretization)
    }
  }

  @Test func everyElement() throws {
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: Checkout.golden("diffop_bases.json")))
    var (compared, worst) = (0, 0.0)
    for item in cases {
      let group = try Group(item.group)
      let basis = try SampledDiffopBasis.checkedBasis(
        from: try group.representation(item.in), to: try group.representation(item.out),
        configuration: try item.configuration())
      try #require(basis.elements.map(\.order) == item.orders, "\(item)")
      let length = basis.outSize * basis.inSize * basis.points
      for (b, expected) in item.fingerprint.enumerated() {
        let product = (0..<length).reduce(0.0) { $0 + basis.values[b * length + $1] * sin(Double($1 + 1)) }
        #expect(abs(product - expected) < 1e-4, "\(item), element \(b)")
        worst = max(worst, abs(product - expected))
        compared += 1
      }
    }
    print("fingerprints of differential operators compared: \(compared), largest difference \(worst)")
    #expect(compared > 600)
  }
}

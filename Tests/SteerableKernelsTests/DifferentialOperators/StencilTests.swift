import Foundation
import SteerableKernels
import Symmetry
import TestSupport
import Testing

/// Stencils against polynomials, closed forms and the grid's symmetry.
@Suite struct StencilTests {
  /// The sum of a stencil over a function on the pixels; y grows upwards.
  private func apply(_ stencil: [Double], size: Int, spacing: Double = 1, _ f: (Double, Double) -> Double) -> Double {
    var sum = 0.0
    for row in 0..<size {
      for column in 0..<size {
        let (x, y) = (Double(column) - Double(size - 1) / 2, Double(size - 1) / 2 - Double(row))
        sum += stencil[row * size + column] * f(x * spacing, y * spacing)
      }
    }
    return sum
  }

  private func random(degree: Int, _ rng: inout SplitMix) -> HomogeneousPolynomial {
    HomogeneousPolynomial((0...degree).map { _ in Double.random(in: -1...1, using: &rng) })
  }

  /// The operator at the origin: the constant that remains when the degrees agree, zero otherwise.
  private func exact(_ symbol: HomogeneousPolynomial, _ polynomial: HomogeneousPolynomial) -> Double {
    symbol.degree == polynomial.degree ? symbol.applied(to: polynomial)?.coefficients[0] ?? 0 : 0
  }

  private func magnitude(_ stencil: [Double], size: Int, _ polynomial: HomogeneousPolynomial) -> Double {
    apply(stencil.map(abs), size: size) { abs(polynomial.evaluate(x: $0, y: $1)) } + 1
  }

  @Test(arguments: 1...9) func finiteDifferencesAreExactForPolynomials(size: Int) throws {
    var rng = SplitMix(UInt64(size))
    for order in 0..<size {
      let accuracy = DiffopConfiguration(kernelSize: size, maximumOrder: order).accuracy
      for dilation in [1, 2] {
        let symbol = random(degree: order, &rng)
        let stencil = try symbol.stencil(kernelSize: size, dilation: dilation)
        for degree in 0..<order + accuracy {
          let polynomial = random(degree: degree, &rng)
          let found = apply(stencil, size: size, spacing: Double(dilation)) { polynomial.evaluate(x: $0, y: $1) }
          let tolerance = 1e-9 * max(1, magnitude(stencil, size: size, polynomial))
          #expect(abs(found - exact(symbol, polynomial)) <= tolerance, "order \(order), degree \(degree)")
        }
      }
    }
  }

  /// One degree more is not exact: the accuracy is neither over- nor understated.
  @Test func accuracyIsSharp() throws {
    for (size, order) in [(3, 1), (3, 2), (5, 1), (5, 2), (5, 4), (4, 1), (7, 3)] {
      let accuracy = DiffopConfiguration(kernelSize: size, maximumOrder: order).accuracy
      let symbol = HomogeneousPolynomial([1] + Array(repeating: 0, count: order))
      let stencil = try symbol.stencil(kernelSize: size)
      let monomial = HomogeneousPolynomial([1] + Array(repeating: 0, count: order + accuracy))
      #expect(abs(apply(stencil, size: size) { monomial.evaluate(x: $0, y: $1) }) > 1e-2, "\(size), \(order)")
    }
  }

  @Test(arguments: RadialBasisFunction.allCases) func radialFunctionsAreExactForPolynomials(
    function: RadialBasisFunction
  ) throws {
    var rng = SplitMix(11)
    for size in 2...6 {
      for order in 0..<min(size, 5) {
        let symbol = random(degree: order, &rng)
        if size % 2 == 1, let smoothness = function.smoothness, order > smoothness {
          #expect(throws: KernelError.self) {
            try symbol.stencil(kernelSize: size, discretization: .radialBasisFunctions(function))
          }
          continue
        }
        let stencil = try symbol.stencil(kernelSize: size, discretization: .radialBasisFunctions(function))
        for degree in 0...order {
          let polynomial = random(degree: degree, &rng)
          let found = apply(stencil, size: size) { polynomial.evaluate(x: $0, y: $1) }
          let tolerance = 1e-9 * magnitude(stencil, size: size, polynomial)
          #expect(abs(found - exact(symbol, polynomial)) <= tolerance, "\(size) pixels, order \(order)")
        }
      }
    }
  }

  /// The interpolant through the radial functions is differentiated exactly too: that defines the weights.
  @Test func radialFunctionsAreExactForThemselves() throws {
    for function in [RadialBasisFunction.ga, .mq, .iq, .phs7, .mat52] {
      let symbol = HomogeneousPolynomial.laplacian(power: 1)
      let stencil = try symbol.stencil(kernelSize: 5, discretization: .radialBasisFunctions(function))
      // A combination of shifted functions orthogonal to polynomials up to degree 2 lies in the interpolation space.
      let weights: [(Double, Double, Double)] = [(-1, 0, 1), (0, 0, -3), (1, 0, 3), (2, 0, -1)]
      func f(_ i: Int, _ j: Int, _ x: Double, _ y: Double) -> Double {
        weights.reduce(0) { $0 + $1.2 * function.derivative(x: i, y: j, atX: x - $1.0, y: y - $1.1) }
      }
      let found = apply(stencil, size: 5) { f(0, 0, $0, $1) }
      #expect(abs(found - f(2, 0, 0, 0) - f(0, 2, 0, 0)) < 1e-7, "\(function)")
    }
  }

  /// Each derivative of a radial function is the difference quotient of the one below.
  @Test(arguments: RadialBasisFunction.allCases) func radialDerivatives(function: RadialBasisFunction) {
    var rng = SplitMix(12)
    let step = 1e-5
    for (i, j) in [(1, 0), (0, 1), (2, 0), (1, 1), (0, 3), (2, 2), (4, 1), (3, 3)] {
      for _ in 0..<5 {
        let (x, y) = (Double.random(in: 0.4...2, using: &rng), Double.random(in: -2...(-0.4), using: &rng))
        let expected =
          i > 0
          ? (function.derivative(x: i - 1, y: j, atX: x + step, y: y)
            - function.derivative(x: i - 1, y: j, atX: x - step, y: y)) / (2 * step)
          : (function.derivative(x: i, y: j - 1, atX: x, y: y + step)
            - function.derivative(x: i, y: j - 1, atX: x, y: y - step)) / (2 * step)
        let found = function.derivative(x: i, y: j, atX: x, y: y)
        #expect(abs(found - expected) < 1e-6 * max(1, abs(found)), "\(i), \(j)")
      }
    }
    for order in stride(from: 0, through: min(function.smoothness ?? 4, 4), by: 2) {
      let center = function.derivative(x: order, y: 0, atX: 0, y: 0)
      #expect(abs(center - function.derivative(x: order, y: 0, atX: 1e-7, y: 0)) < 3e-3, "order \(order)")
    }
  }

  /// Known stencils, upright: columns count x, rows count y downwards.
  @Test func closedForms() throws {
    let laplacian = HomogeneousPolynomial.laplacian(power: 1)
    func expectEqual(_ found: [Double], _ expected: [Double], _ tolerance: Double = 1e-12) {
      #expect(found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) < tolerance }, "\(found)")
    }
    expectEqual(try laplacian.stencil(kernelSize: 3), [0, 1, 0, 1, -4, 1, 0, 1, 0])
    expectEqual(try HomogeneousPolynomial([1, 0]).stencil(kernelSize: 3), [0, 0, 0, -0.5, 0, 0.5, 0, 0, 0])
    expectEqual(try HomogeneousPolynomial([0, 1]).stencil(kernelSize: 3), [0, 0.5, 0, 0, 0, 0, 0, -0.5, 0])
    expectEqual(
      try HomogeneousPolynomial([0, 1, 0]).stencil(kernelSize: 3), [-0.25, 0, 0.25, 0, 0, 0, 0.25, 0, -0.25])
    expectEqual(try HomogeneousPolynomial([1]).stencil(kernelSize: 3), [0, 0, 0, 0, 1, 0, 0, 0, 0])
    expectEqual(try HomogeneousPolynomial([1, 0]).stencil(kernelSize: 2), [-0.5, 0.5, -0.5, 0.5])
    expectEqual(try laplacian.stencil(kernelSize: 3, dilation: 2), [0, 1, 0, 1, -4, 1, 0, 1, 0].map { $0 / 4 })
    let row = Array(try HomogeneousPolynomial([1, 0]).stencil(kernelSize: 5)[10..<15])
    expectEqual(row, [1.0 / 12, -2.0 / 3, 0, 2.0 / 3, -1.0 / 12])
    expectEqual(
      try FiniteDifferences.weights(order: 2, points: [-2, -1, 0, 1, 2]),
      [-1.0 / 12, 4.0 / 3, -2.5, 4.0 / 3, -1.0 / 12])
    expectEqual(try FiniteDifferences.weights(order: 1, points: [0, 1, 2]), [-1.5, 2, -0.5])
    #expect(throws: KernelError.self) { try FiniteDifferences.weights(order: 3, points: [0, 1, 2]) }
    #expect(throws: KernelError.self) { try FiniteDifferences.weights(order: 1, points: [0, 1, 1]) }
  }

  /// A wide Gaussian on a large grid measures moments: polynomials are smoothed and differentiated.
  @Test func gaussianDerivatives() throws {
    let square = 1.4 * 1.4
    let gaussian = DiffopDiscretization.gaussian(standardDeviation: 1.4)
    for (symbol, polynomial, expected) in [
      (HomogeneousPolynomial([1, 0]), HomogeneousPolynomial([1, 0]), 1.0),
      (HomogeneousPolynomial([0, 1]), HomogeneousPolynomial([0, 1]), 1),
      (.laplacian(power: 1), HomogeneousPolynomial([1, 0, 0]), 2),
      (.laplacian(power: 1), HomogeneousPolynomial([1, 0, 0, 0, 0]), 12 * square),
      (HomogeneousPolynomial([0, 0, 1, 0]), HomogeneousPolynomial([0, 0, 1, 0]), 2),
      (HomogeneousPolynomial([1]), HomogeneousPolynomial([1, 0, 1]), 2 * square),
    ] {
      let stencil = try symbol.stencil(kernelSize: 23, discretization: gaussian)
      let found = apply(stencil, size: 23) { polynomial.evaluate(x: $0, y: $1) }
      #expect(abs(found - expected) < 1e-6, "\(symbol) of \(polynomial)")
    }
    let spread = try HomogeneousPolynomial([1, 0]).stencil(
      kernelSize: 17, dilation: 2, discretization: .gaussian(standardDeviation: 2))
    #expect(abs(apply(spread, size: 17, spacing: 2) { x, _ in x } - 1) < 1e-6)
  }

  /// The error on a smooth function shrinks with the power of the distance that is promised.
  @Test func convergence() throws {
    func f(_ x: Double, _ y: Double) -> Double { exp(0.7 * x + 0.2) * sin(1.1 * y + 0.4) }
    // ∂x^i ∂y^j of f at the origin.
    func derivative(_ i: Int, _ j: Int) -> Double {
      pow(0.7, Double(i)) * exp(0.2) * pow(1.1, Double(j)) * sin(0.4 + Double(j) * .pi / 2)
    }
    for (size, order) in [(3, 1), (3, 2), (4, 1), (5, 1), (5, 2), (5, 3), (5, 4), (7, 2), (7, 4), (6, 3)] {
      for index in 0...order {
        var coefficients = [Double](repeating: 0, count: order + 1)
        coefficients[index] = 1
        let stencil = try HomogeneousPolynomial(coefficients).stencil(kernelSize: size)
        func error(_ h: Double) -> Double {
          abs(apply(stencil, size: size, spacing: h, f) / pow(h, Double(order)) - derivative(order - index, index))
        }
        let accuracy = DiffopConfiguration(kernelSize: size, maximumOrder: order).accuracy
        let h = accuracy > 4 ? 0.5 : 0.2
        let rate = log2(error(h) / error(h / 2))
        #expect(rate > Double(accuracy) - 0.3, "\(size) pixels, order \(order), \(index): \(rate)")
      }
    }
  }

  /// Turning an operator turns its stencil; the grid's reflections as well, for all discretizations.
  @Test(arguments: [
    DiffopDiscretization.finiteDifferences, .radialBasisFunctions(.ga), .radialBasisFunctions(.phs8),
    .gaussian(standardDeviation: 1.2),
  ]) func stencilsAreUpright(discretization: DiffopDiscretization) throws {
    var rng = SplitMix(13)
    for size in 3...6 {
      for order in 0...min(3, size - 1) {
        let symbol = random(degree: order, &rng)
        let stencil = try symbol.stencil(kernelSize: size, discretization: discretization)
        let turned = try symbol.rotated(by: .pi / 2).stencil(kernelSize: size, discretization: discretization)
        let mirrored = try HomogeneousPolynomial(
          symbol.coefficients.enumerated().map { (order - $0) % 2 == 0 ? $1 : -$1 }
        ).stencil(kernelSize: size, discretization: discretization)
        for row in 0..<size {
          for column in 0..<size {
            let value = stencil[row * size + column]
            // Counter-clockwise, the pixel in the top right goes to the top left.
            #expect(abs(turned[(size - 1 - column) * size + row] - value) < 1e-9)
            #expect(abs(mirrored[row * size + size - 1 - column] - value) < 1e-9)
          }
        }
      }
    }
  }

  @Test func configurationRules() throws {
    func resolved(_ size: Int?, _ accuracy: Int?, _ order: Int?) throws -> [Int] {
      let (size, order) = try DiffopConfiguration.resolve(kernelSize: size, accuracy: accuracy, maximumOrder: order)
      return [size, order]
    }
    for (size, order) in [(1, 0), (3, 2), (5, 4), (7, 6)] { #expect(try resolved(size, nil, nil) == [size, order]) }
    #expect(try resolved(nil, nil, 0) == [1, 0])
    #expect(try resolved(nil, nil, 2) == [3, 2])
    #expect(try resolved(nil, 4, 2) == [5, 2])
    #expect(try resolved(nil, 3, 2) == [5, 2])
    #expect(try resolved(5, 4, nil) == [5, 2])
    #expect(try resolved(5, nil, 1) == [5, 1])
    let wrong: [(Int?, Int?, Int?)] = [
      (5, 2, 2), (nil, nil, nil), (nil, 2, nil), (3, 0, nil), (1, 3, nil), (nil, nil, -1),
    ]
    for (size, accuracy, order) in wrong {
      #expect(throws: KernelError.self) { try resolved(size, accuracy, order) }
    }
    #expect(DiffopConfiguration(kernelSize: 3, maximumOrder: 2).warning == nil)
    #expect(DiffopConfiguration(kernelSize: 2, maximumOrder: 1).warning?.contains("few operators") == true)
    #expect(DiffopConfiguration(kernelSize: 5, maximumOrder: 4, maximumPower: 9).resolvedPower == 2)
    #expect(DiffopConfiguration(kernelSize: 5, maximumOrder: 4, maximumPower: 1).resolvedPower == 1)
    for wrong in [
      DiffopConfiguration(kernelSize: 3, maximumOrder: 3), DiffopConfiguration(kernelSize: 0, maximumOrder: 0),
      DiffopConfiguration(kernelSize: 3, maximumOrder: 2, discretization: .gaussian(standardDeviation: 0)),
      DiffopConfiguration(kernelSize: 3, maximumOrder: -1),
      DiffopConfiguration(kernelSize: 3, dilation: 0, maximumOrder: 1),
    ] {
      #expect(throws: KernelError.self) { try wrong.validate() }
    }
    let empty = KernelError.emptyDiffopBasis(
      from: "a", to: "b", configuration: DiffopConfiguration(kernelSize: 3, maximumOrder: 2))
    #expect("\(empty)".contains("raise the maximum order"))
  }

  @Test func polynomials() {
    #expect("\(HomogeneousPolynomial.cosine(3))" == "x³ - 3xy²")
    #expect("\(HomogeneousPolynomial.sine(2))" == "2xy")
    #expect("\(HomogeneousPolynomial.laplacian(power: 2))" == "x⁴ + 2x²y² + y⁴")
    #expect("\(HomogeneousPolynomial([-1, 0.5]))" == "-x + 0.5 y")
    #expect("\(HomogeneousPolynomial([0, 0]))" == "0" && "\(HomogeneousPolynomial([1]))" == "1")
    var rng = SplitMix(14)
    for degree in 0...5 {
      let (a, b) = (random(degree: degree, &rng), random(degree: 2, &rng))
      let (x, y) = (Double.random(in: -1...1, using: &rng), Double.random(in: -1...1, using: &rng))
      #expect(abs((a * b).evaluate(x: x, y: y) - a.evaluate(x: x, y: y) * b.evaluate(x: x, y: y)) < 1e-12)
      let angle = Double.random(in: -3...3, using: &rng)
      let (u, v) = (cos(angle) * x - sin(angle) * y, sin(angle) * x + cos(angle) * y)
      #expect(abs(a.rotated(by: angle).evaluate(x: u, y: v) - a.evaluate(x: x, y: y)) < 1e-12)
      #expect(
        HomogeneousPolynomial.laplacian(power: 1).applied(to: .cosine(degree + 2))?.coefficients
          .allSatisfy { abs($0) < 1e-9 } == true)
    }
  }
}

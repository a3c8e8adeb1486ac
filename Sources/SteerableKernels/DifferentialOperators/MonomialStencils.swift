import Foundation
import Symmetry

/// The weights of pixels for the derivatives ∂x^(n-i) ∂y^i of one order; built once per process.
struct MonomialStencils: Sendable {
  struct Key: Hashable, Sendable {
    let kernelSize: Int
    let dilation: Int
    let discretization: DiffopDiscretization
    let order: Int
  }

  /// For each i from 0 to the order: the weights, pixel rows from top to bottom.
  let values: [[Double]]

  private static let cache = OnceCache<Key, Result<MonomialStencils, KernelError>>()

  /// The stencils of a key.
  ///
  /// **Throws**: `KernelError.invalidConfiguration` when the grid or the radial function cannot carry the order.
  static func stencils(_ key: Key) throws(KernelError) -> MonomialStencils {
    try cache.value(for: key) {
      do throws(KernelError) {
        return .success(try MonomialStencils(key))
      } catch {
        return .failure(error)
      }
    }.get()
  }

  static func emptyCache() { cache.removeAll() }

  private init(_ key: Key) throws(KernelError) {
    switch key.discretization {
    case .finiteDifferences: values = try Self.finiteDifferences(key)
    case .radialBasisFunctions(let function): values = try Self.radial(key, function)
    case .gaussian(let deviation): values = Self.gaussian(key, deviation)
    }
  }

  /// The pixels, row by row from the top; y grows upwards.
  private static func grid(_ key: Key) -> [(x: Double, y: Double)] {
    let line = FiniteDifferences.symmetricPoints(key.kernelSize, spacing: Double(key.dilation))
    return line.reversed().flatMap { y in line.map { x in (x, y) } }
  }

  private static func finiteDifferences(_ key: Key) throws(KernelError) -> [[Double]] {
    let line = FiniteDifferences.symmetricPoints(key.kernelSize, spacing: Double(key.dilation))
    var weights: [[Double]] = []
    for order in 0...key.order { weights.append(try FiniteDifferences.weights(order: order, points: line)) }
    return (0...key.order).map { i in
      weights[i].reversed().flatMap { y in weights[key.order - i].map { x in x * y } }
    }
  }

  /// Solves for weights that are right for every shifted radial function and for polynomials up to the order.
  private static func radial(_ key: Key, _ function: RadialBasisFunction) throws(KernelError) -> [[Double]] {
    if let smoothness = function.smoothness, key.order > smoothness, key.kernelSize % 2 == 1 {
      throw .invalidConfiguration(
        "the radial function \(function.rawValue) has derivatives up to order \(smoothness) at its center, but order"
          + " \(key.order) is asked for; use ga, or phs\(min(8, key.order + 1)) and above")
    }
    let points = grid(key)
    let monomials = (0...key.order).flatMap { degree in (0...degree).map { (x: degree - $0, y: $0) } }
    let size = points.count + monomials.count
    // Lengths in units of half the grid keep powers near one; the weights do not depend on the unit.
    let unit = max(1, Double(key.dilation * (key.kernelSize - 1)) / 2)
    var matrix = Matrix.zeros(size, size)
    for (row, p) in points.enumerated() {
      for (column, q) in points.enumerated() {
        matrix[row, column] = function.derivative(x: 0, y: 0, atX: p.x - q.x, y: p.y - q.y)
      }
      for (index, m) in monomials.enumerated() {
        let value = HomogeneousPolynomial.power(p.x / unit, m.x) * HomogeneousPolynomial.power(p.y / unit, m.y)
        matrix[row, points.count + index] = value
        matrix[points.count + index, row] = value
      }
    }
    guard let system = LinearSystem(matrix) else {
      throw .invalidConfiguration(
        "the \(key.kernelSize)×\(key.kernelSize) grid gives no weights for order \(key.order) with"
          + " \(function.rawValue); use a larger kernel or another radial function")
    }
    let factorials = (0...key.order).map { (0..<$0).reduce(1.0) { $0 * Double($1 + 1) } }
    return (0...key.order).map { i in
      let (a, b) = (key.order - i, i)
      // At the origin, of the function with center q: the derivatives at -q.
      var right = points.map { function.derivative(x: a, y: b, atX: -$0.x, y: -$0.y) }
      right += monomials.map { m in
        m.x == a && m.y == b ? factorials[a] * factorials[b] / HomogeneousPolynomial.power(unit, key.order) : 0
      }
      return Array(system.solve(right).prefix(points.count))
    }
  }

  /// ∂^α of the field smoothed by a Gaussian G is the sum of (∂^α G)(-q) f(q), and each pixel stands for its area.
  private static func gaussian(_ key: Key, _ deviation: Double) -> [[Double]] {
    let area = Double(key.dilation * key.dilation)
    return (0...key.order).map { i in
      grid(key).map { point in
        let (x, y) = (point.x / deviation, point.y / deviation)
        let density = exp(-(x * x + y * y) / 2) / (2 * .pi * deviation * deviation)
        return area * density * hermite(key.order - i, x) * hermite(i, y)
          / HomogeneousPolynomial.power(deviation, key.order)
      }
    }
  }

  /// The Hermite polynomial He_n, by its recurrence.
  private static func hermite(_ n: Int, _ x: Double) -> Double {
    var (previous, current) = (0.0, 1.0)
    for k in 0..<n { (previous, current) = (current, x * current - Double(k) * previous) }
    return current
  }
}

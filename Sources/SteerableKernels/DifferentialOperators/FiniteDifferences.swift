/// Finite differences in one dimension, and how many points an accuracy takes.
///
/// **Reference**: Fornberg, "Generation of finite difference formulas on arbitrarily spaced grids" (1988); Sadiq and
/// Viswanath, "Finite difference weights, spectral differentiation, and superconvergence" (2014), corollary 7.
public enum FiniteDifferences {
  /// The weights of values at `points` whose sum is the derivative of an order at zero.
  ///
  /// The sum is exact for polynomials of a degree below the number of points.
  ///
  /// **Throws**: `KernelError.invalidConfiguration` unless there are more points than the order, all different.
  ///
  /// **Complexity**: order times the square of the number of points.
  public static func weights(order: Int, points: [Double]) throws(KernelError) -> [Double] {
    guard order >= 0, order < points.count else {
      throw .invalidConfiguration(
        "a derivative of order \(order) needs at least \(order + 1) points, found \(points.count)")
    }
    guard Set(points).count == points.count, points.allSatisfy(\.isFinite) else {
      throw .invalidConfiguration("finite differences need different points, found \(points)")
    }
    // weights[m][j] is the weight of point j in the derivative of order m on the points so far.
    var weights = [[Double]](repeating: [Double](repeating: 0, count: points.count), count: order + 1)
    weights[0][0] = 1
    var product = 1.0
    for n in 1..<max(1, points.count) {
      var next = 1.0
      for j in 0..<n {
        let gap = points[n] - points[j]
        next *= gap
        if j == n - 1 {
          for m in stride(from: min(n, order), through: 0, by: -1) {
            let lower = m > 0 ? Double(m) * weights[m - 1][n - 1] : 0
            weights[m][n] = product / next * (lower - points[n - 1] * weights[m][n - 1])
          }
        }
        for m in stride(from: min(n, order), through: 0, by: -1) {
          let lower = m > 0 ? Double(m) * weights[m - 1][j] : 0
          weights[m][j] = (points[n] * weights[m][j] - lower) / gap
        }
      }
      product = next
    }
    return weights[order]
  }

  /// The number of points, lying symmetrically, for which derivatives of an order have an error of h^accuracy.
  ///
  /// Symmetric points give one power of h for free when their number minus the order is odd.
  ///
  /// **escnn**: `required_points`.
  public static func requiredPoints(order: Int, accuracy: Int) -> Int {
    order + accuracy - (accuracy % 2 == 0 ? 1 : 0)
  }

  /// The largest order that a number of symmetric points gives with an error of h^accuracy; negative when there is none.
  ///
  /// **escnn**: `largest_possible_order`.
  public static func largestOrder(points: Int, accuracy: Int) -> Int {
    points - accuracy + (accuracy % 2 == 0 ? 1 : 0)
  }

  /// The power of h in the error of derivatives of an order on a number of symmetric points.
  ///
  /// **escnn**: `guaranteed_accuracy`.
  public static func accuracy(points: Int, order: Int) -> Int {
    let accuracy = points - order
    return accuracy % 2 == 0 ? accuracy : accuracy + 1
  }

  /// Numbers around zero with a spacing: -1, 0, 1 for three, -1/2, 1/2 for two.
  ///
  /// **escnn**: `symmetric_points`.
  public static func symmetricPoints(_ count: Int, spacing: Double = 1) -> [Double] {
    (0..<count).map { (Double($0) - Double(count - 1) / 2) * spacing }
  }
}

/// Mean and standard deviation of several curves, epoch by epoch, smoothed by a moving average.
public struct CurveBand: Hashable, Sendable {
  /// The epochs, averaged over the window too.
  public let epochs: [Double]
  /// The mean over the curves.
  public let mean: [Double]
  /// Their standard deviation, divided by the number of curves.
  public let deviation: [Double]

  /// Averages curves; epochs that not all of them have are left out.
  ///
  /// **Traps**: if there is no curve, or the window has no epoch.
  public init(epochs: [Double], curves: [[Double]], window: Int = 1) {
    precondition(!curves.isEmpty && window >= 1, "CurveBand: \(curves.count) curves and a window of \(window)")
    let count = min(epochs.count, curves.map(\.count).min() ?? 0)
    let window = min(window, max(count, 1))
    let means = (0..<count).map { epoch in
      curves.reduce(0) { $0 + $1[epoch] } / Double(curves.count)
    }
    let deviations = (0..<count).map { epoch in
      let squares = curves.reduce(0) { $0 + $1[epoch] * $1[epoch] } / Double(curves.count)
      return max(0, squares - means[epoch] * means[epoch]).squareRoot()
    }
    func smooth(_ values: [Double]) -> [Double] {
      guard values.count >= window else { return [] }
      return (0...(values.count - window)).map { values[$0..<($0 + window)].reduce(0, +) / Double(window) }
    }
    self.epochs = smooth(Array(epochs.prefix(count)))
    mean = smooth(means)
    deviation = smooth(deviations)
  }
}

/// How well a network predicts the quantities of a data set.
public struct RegressionEvaluation: Codable, Hashable, Sendable {
  /// The numbers of one quantity.
  public struct Component: Codable, Hashable, Sendable {
    /// The name of the quantity.
    public let name: String
    /// The mean squared error.
    public let meanSquaredError: Double
    /// The share of the variance that is explained, R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; nil if the quantity is constant.
    public let explained: Double?
  }

  /// The number of images.
  public let count: Int
  /// The squared error, averaged over images and quantities.
  public let meanSquaredError: Double
  /// The quantities one by one.
  public let components: [Component]

  /// The mean of R² over the quantities that vary; nil if none does.
  public var explained: Double? {
    let values = components.compactMap(\.explained)
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// What is summed over the images.
  public struct Sums: Sendable {
    private let names: [String]
    private var count = 0
    private var squaredErrors: [Double]
    // Mean and sum of squared deviations, updated image by image (Welford), so that nothing cancels.
    private var means: [Double]
    private var deviations: [Double]

    /// Begins with no image.
    public init(names: [String]) {
      self.names = names
      squaredErrors = names.map { _ in 0 }
      means = squaredErrors
      deviations = squaredErrors
    }

    /// Adds images with their quantities, image after image.
    ///
    /// **Traps**: unless both have one value a quantity for each image.
    public mutating func add(predictions: [Double], targets: [Double]) {
      precondition(
        predictions.count == targets.count && targets.count.isMultiple(of: names.count),
        "RegressionEvaluation: \(predictions.count) predictions for \(targets.count) values of \(names.count) quantities"
      )
      for start in stride(from: 0, to: targets.count, by: names.count) {
        count += 1
        for index in names.indices {
          let (target, error) = (targets[start + index], predictions[start + index] - targets[start + index])
          squaredErrors[index] += error * error
          let delta = target - means[index]
          means[index] += delta / Double(count)
          deviations[index] += delta * (target - means[index])
        }
      }
    }

    fileprivate var components: [Component] {
      names.indices.map { index in
        Component(
          name: names[index], meanSquaredError: count == 0 ? 0 : squaredErrors[index] / Double(count),
          explained: deviations[index] > 0 ? 1 - squaredErrors[index] / deviations[index] : nil)
      }
    }

    fileprivate var images: Int { count }
  }

  /// Evaluates what was summed.
  public init(_ sums: Sums) {
    count = sums.images
    components = sums.components
    meanSquaredError = components.reduce(0) { $0 + $1.meanSquaredError } / Double(max(1, components.count))
  }
}

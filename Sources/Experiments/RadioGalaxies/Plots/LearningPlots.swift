public import Visualization

/// Losses and errors by epoch, of one run or of many.
///
/// Bands are one standard deviation to either side of the mean over runs.
public enum LearningPlots {
  /// Curves under one name and color.
  public struct Group: Sendable {
    /// The name in the legend.
    public let label: String
    /// The curves.
    public let curves: [LearningCurve]
    /// Whether the line is dotted.
    public let isDotted: Bool

    /// Makes a group.
    public init(_ label: String, _ curves: [LearningCurve], isDotted: Bool = false) {
      self.label = label
      self.curves = curves
      self.isDotted = isDotted
    }
  }

  /// Validation error of one run.
  public static func error(_ curve: LearningCurve, title: String) -> LinePlot {
    LinePlot(
      title, xAxis: Axis("epoch"), yAxis: Axis("validation error (%)"),
      series: [Series("", x: curve.epochs, y: curve.validationError.map { 100 * $0 })])
  }

  /// Losses of the training and the validation images of one run.
  public static func loss(_ curve: LearningCurve, title: String) -> LinePlot {
    LinePlot(
      title, xAxis: Axis("epoch"), yAxis: Axis("loss (cross entropy)"),
      series: [
        Series("training", x: curve.epochs, y: curve.trainingLoss),
        Series("validation", x: curve.epochs, y: curve.validationLoss),
      ])
  }

  /// Losses of the training and the validation images over several runs of one network.
  public static func losses(_ curves: [LearningCurve], title: String) -> LinePlot {
    let epochs = curves.first?.epochs ?? []
    return LinePlot(
      title, xAxis: Axis("epoch"), yAxis: Axis("loss (cross entropy)"),
      series: [
        series("training", CurveBand(epochs: epochs, curves: curves.map(\.trainingLoss)), index: 0),
        series("validation", CurveBand(epochs: epochs, curves: curves.map(\.validationLoss)), index: 1),
      ])
  }

  /// Validation losses of several networks, smoothed by a moving average, over a logarithmic axis.
  public static func validationLosses(
    _ groups: [Group], window: Int = 10, title: String = "Validation loss"
  ) -> LinePlot {
    compare(
      groups, window: window, title: title,
      axis: Axis("validation loss (cross entropy)", ticks: lossTicks, isLogarithmic: true)
    ) { $0.validationLoss }
  }

  /// Validation errors of several networks, smoothed by a moving average, over a logarithmic axis.
  public static func validationErrors(
    _ groups: [Group], window: Int = 10, title: String = "Validation error"
  ) -> LinePlot {
    compare(
      groups, window: window, title: title, axis: Axis("validation error (%)", ticks: errorTicks, isLogarithmic: true)
    ) {
      $0.validationError.map { 100 * $0 }
    }
  }

  /// The validation error at the end of training against the number of rotations of the group.
  ///
  /// - Parameters:
  ///   - families: Networks with a group, by the letter of the group and the number of rotations.
  ///   - plain: The networks without one, drawn across.
  ///   - window: The last epochs that are averaged.
  public static func errorAgainstOrder(
    families: [(name: String, orders: [Int: [LearningCurve]])], plain: [LearningCurve], window: Int = 10
  ) -> LinePlot {
    let orders = Set(families.flatMap { $0.orders.keys }).sorted()
    var series: [Series] = []
    if let first = orders.first, let last = orders.last, !plain.isEmpty {
      let (mean, deviation) = final(plain, window: window)
      // One order alone still gets a line with a width.
      let ends = first == last ? [Double(first) - 1, Double(last) + 1] : [Double(first), Double(last)]
      series.append(
        Series(
          "{e}", x: ends, y: [mean, mean],
          band: (
            Array(repeating: max(mean - deviation, 0.01), count: 2),
            Array(repeating: mean + deviation, count: 2)
          ), dashes: [5, 3], colorIndex: 0))
    }
    for (index, family) in families.enumerated() {
      let points = family.orders.sorted { $0.key < $1.key }.map { (Double($0.key), final($0.value, window: window)) }
      series.append(
        Series(
          family.name, x: points.map(\.0), y: points.map(\.1.mean),
          band: (points.map { max($0.1.mean - $0.1.deviation, 0.01) }, points.map { $0.1.mean + $0.1.deviation }),
          showsPoints: true, colorIndex: index + 1))
    }
    return LinePlot(
      "Validation error against the order of the group", xAxis: Axis("rotations N", ticks: orders.map(Double.init)),
      yAxis: Axis("validation error (%)", ticks: errorTicks, isLogarithmic: true), series: series)
  }

  /// Labels of logarithmic axes that rarely span a power of ten.
  private static let lossTicks = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2]
  private static let errorTicks: [Double] = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50]

  /// Mean and deviation over runs of the error at the end, in percent.
  private static func final(_ curves: [LearningCurve], window: Int) -> (mean: Double, deviation: Double) {
    let band = CurveBand(
      epochs: curves.first?.epochs ?? [], curves: curves.map { $0.validationError.map { 100 * $0 } }, window: window)
    return (band.mean.last ?? .nan, band.deviation.last ?? 0)
  }

  private static func compare(
    _ groups: [Group], window: Int, title: String, axis: Axis, values: (LearningCurve) -> [Double]
  ) -> LinePlot {
    let bands = groups.enumerated().filter { !$1.curves.isEmpty }.map { index, group in
      series(
        group.label, CurveBand(epochs: group.curves[0].epochs, curves: group.curves.map(values), window: window),
        index: index, isDotted: group.isDotted)
    }
    return LinePlot(
      title, xAxis: Axis(window > 1 ? "epoch (moving average of \(window))" : "epoch"), yAxis: axis, series: bands)
  }

  private static func series(_ label: String, _ band: CurveBand, index: Int, isDotted: Bool = false) -> Series {
    let lower = zip(band.mean, band.deviation).map { max($0 - $1, 1e-3 * max($0, 1e-9)) }
    return Series(
      label, x: band.epochs, y: band.mean,
      band: isDotted ? nil : (lower, zip(band.mean, band.deviation).map { $0 + $1 }), dashes: isDotted ? [2, 3] : [],
      colorIndex: index)
  }
}

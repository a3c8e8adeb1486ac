internal import Datasets
internal import EquivarianceTesting
internal import Foundation
internal import Training
internal import Visualization

/// The plots of the demo.
enum DemoPictures {
  private static let eighths: [Double] = [0, 45, 90, 135, 180, 225, 270, 315, 360]

  static func learningCurves(_ runs: [(name: String, epochs: [EpochReport])]) -> LinePlot {
    var series: [Series] = []
    for (index, run) in runs.enumerated() {
      series.append(
        Series(
          "\(run.name), training", x: run.epochs.map { Double($0.epoch) },
          y: run.epochs.map { 100 * ($0.trainingAccuracy ?? 0) }, colorIndex: index))
    }
    for (index, run) in runs.enumerated() {
      let validated = run.epochs.filter { $0.validationAccuracy != nil }
      series.append(
        Series(
          "\(run.name), validation", x: validated.map { Double($0.epoch) },
          y: validated.map { 100 * ($0.validationAccuracy ?? 0) }, dashes: [5, 3], showsPoints: true, colorIndex: index)
      )
    }
    return LinePlot(
      "Learning on upright sources", xAxis: Axis("epoch"), yAxis: Axis("accuracy (%)"), series: series,
      references: [("chance", 50)])
  }

  static func accuracyAgainstAngle(_ networks: [DemoStudy.Result.Network]) -> LinePlot {
    LinePlot(
      "Accuracy on rotated sources, trained on upright ones",
      xAxis: Axis("rotation of the test images (degrees)", range: 0...360, ticks: eighths),
      yAxis: Axis("accuracy (%)", range: 40...101),
      series: networks.map { network in
        Series(
          network.name, x: network.curve.map(\.degrees), y: network.curve.map { 100 * $0.accuracy }, showsPoints: true)
      }, references: [("chance", 50)])
  }

  static func equivarianceError(_ verification: Verification) -> LinePlot {
    // Exact zeros have no place on a logarithmic axis; they are drawn at the resolution of double precision.
    let points = verification.curve.points
    return LinePlot(
      "Equivariance error of the trained C8 network",
      xAxis: Axis("rotation (degrees)", range: 0...360, ticks: eighths),
      yAxis: Axis("relative error of the logits", isLogarithmic: true),
      series: [Series("", x: points.map(\.degrees), y: points.map { max($0.relative, 1e-16) }, showsPoints: true)])
  }

  static func sources(_ data: ImageDataset) -> PanelGrid {
    let side = data.imageShape.height
    let rows = data.classNames.indices.map { label -> [any Drawing] in
      data.labels.indices.filter { data.labels[$0] == label }.prefix(6).map { index in
        ImagePanel(
          data.classNames[label], ScalarField(width: side, height: side, values: data.image(index).map(Double.init)),
          map: .heat, side: 110)
      }
    }
    return PanelGrid("Simulated radio galaxies, as trained on", rows: rows)
  }
}

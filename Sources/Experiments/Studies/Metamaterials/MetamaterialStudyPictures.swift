internal import Datasets
internal import Foundation
internal import Training
internal import Visualization

/// The pictures of the metamaterial study.
struct MetamaterialStudyPictures {
  let findings: MetamaterialStudyFindings

  /// Test error against the epoch: the geometric mean over the runs, and a band of one deviation of the logarithm.
  func learning(_ title: String, _ variants: [MetamaterialStudyVariant]) -> LinePlot? {
    let series = variants.compactMap { variant -> Series? in
      guard let line = findings.line(variant) else { return nil }
      let measured = (line.runs.first?.epochs ?? []).filter { $0.test != nil }.map(\.epoch)
      let points = measured.map { epoch in
        Summary(line.runs.compactMap { run in run.epochs.first { $0.epoch == epoch }?.test.map { log($0) } })
      }
      return Series(
        name(variant), x: measured.map(Double.init), y: points.map { exp($0.mean) },
        band: (points.map { exp($0.mean - $0.deviation) }, points.map { exp($0.mean + $0.deviation) }),
        dashes: Self.dashes(variant), showsPoints: measured.count < 8, colorIndex: Self.color(variant))
    }
    guard !series.isEmpty else { return nil }
    return LinePlot(
      title, xAxis: Axis("epoch"), yAxis: Axis("mean squared error of test cells", isLogarithmic: true), series: series)
  }

  /// Test error against the number of training cells, both logarithmic.
  func efficiency() -> LinePlot? {
    let series = MetamaterialStudyVariant.efficiency.compactMap { base -> Series? in
      let lines = findings.lines.filter { line in
        var full = line.variant
        if line.variant.images != nil { full = .init(full.network, full.augmentation, schedule: full.schedule) }
        return full == base
      }.sorted { cells($0) < cells($1) }
      guard lines.count > 1 else { return nil }
      let points = lines.map { line in Summary(line.runs.map { log($0.test.meanSquaredError) }) }
      return Series(
        name(base), x: lines.map { log2(Double(cells($0))) }, y: points.map { exp($0.mean) },
        band: (points.map { exp($0.mean - $0.deviation) }, points.map { exp($0.mean + $0.deviation) }),
        dashes: Self.dashes(base), showsPoints: true, colorIndex: Self.color(base))
    }
    guard !series.isEmpty else { return nil }
    let sizes = Set(series.flatMap(\.x)).sorted()
    return LinePlot(
      "How many cells does a network need?",
      xAxis: Axis(
        "training cells (logarithmic)", ticks: sizes, tickLabels: sizes.map { String(Int(exp2($0).rounded())) }),
      yAxis: Axis("mean squared error of test cells", isLogarithmic: true), series: series)
  }

  /// The error of every variant at all cells with its deviation.
  func errors() -> BarPlot {
    let lines = findings.lines.filter { $0.variant.images == nil }
    return BarPlot(
      "Test error, mean and deviation over the runs", categories: lines.map { name($0.variant) },
      valueAxis: Axis("mean squared error of test cells", isLogarithmic: true),
      series: [Bars("", lines.map(\.error.mean), errors: lines.map(\.error.deviation))], isHorizontal: true,
      width: 680, height: 80 + 22 * Double(lines.count))
  }

  /// Predicted against true components; both for the same test cells.
  static func scatter(_ title: String, truth: [[Double]], predictions: [[Double]], names: [String]) -> ScatterPlot {
    ScatterPlot(
      title, xAxis: Axis("homogenized"), yAxis: Axis("predicted"),
      series: names.indices.map { index in
        Points(names[index], x: truth.map { $0[index] }, y: predictions.map { $0[index] })
      }, identity: "equal")
  }

  /// Some of the cells.
  static func cells(_ cells: RegressionDataset) -> PanelGrid {
    let side = cells.imageShape.height
    let rows = stride(from: 0, to: min(15, cells.count), by: 5).map { start -> [any Drawing] in
      (start..<min(start + 5, cells.count)).map { index in
        let tensor = cells.target(index)
        return ImagePanel(
          String(format: "%.2f, %.2f, %.3f", tensor[0], tensor[3], tensor[2]),
          ScalarField(width: side, height: side, values: cells.image(index).map { 1 - Double($0) }), map: .gray,
          range: 0...1, side: 170)
      }
    }
    return PanelGrid("Unit cells with Q00, Q11 and Q02 (solid is black)", rows: rows)
  }

  func cells(_ line: MetamaterialStudyFindings.Line) -> Int { line.variant.images ?? findings.trainingCells }

  /// A variant in a legend.
  func name(_ variant: MetamaterialStudyVariant) -> String {
    var text = variant.network.title
    if variant.augmentation != .none { text += " + \(variant.augmentation.rawValue)" }
    if variant.network.isPublished, variant.schedule == .cosine { text += ", our training" }
    return text
  }

  /// Networks that share a picture differ in color, and those of the original from ours in dashes too.
  private static func dashes(_ variant: MetamaterialStudyVariant) -> [Double] {
    variant.network == .plain && variant.augmentation != .all ? [5, 3] : []
  }

  private static func color(_ variant: MetamaterialStudyVariant) -> Int {
    switch variant.network {
    case .plain: variant.augmentation == .all ? 4 : 0
    case .flip: 1
    case .c2: 2
    case .circular: 3
    case .c4: 4
    case .d4: 5
    case .elasticityC1: variant.augmentation == .all ? 6 : 2
    case .elasticityC4: 3
    case .elasticityD4: 1
    }
  }
}

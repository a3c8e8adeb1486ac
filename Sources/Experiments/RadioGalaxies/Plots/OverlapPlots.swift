internal import Training
public import Visualization

/// The overlap index in pictures: what it is, and what it says of two networks.
public enum OverlapPlots {
  /// Two sets of numbers, their densities, and the area that both share.
  public static func densities(
    _ first: [Double], _ second: [Double], names: [String] = ["first class", "second class"],
    index: OverlapIndex = OverlapIndex()
  ) -> LinePlot {
    let positions = index.positions
    let (a, b) = (index.density(first), index.density(second))
    let shared = zip(a, b).map { min($0, $1) }
    let value = RotationFigure.text(ofOverlap: index(first, second))
    return LinePlot(
      "Overlap index η \(value)", xAxis: Axis("softmax probability", range: 0...1),
      yAxis: Axis("density", range: 0...(1.08 * max((a + b).max() ?? 1, 1e-9))),
      series: [
        Series(names[0], x: positions, y: a), Series(names[1], x: positions, y: b),
        Series(
          "overlap", x: positions, y: shared, band: (shared.map { _ in 0 }, shared), dashes: [3, 3], colorIndex: 2),
      ])
  }

  /// How often each mean overlap occurs, for sources of each class.
  public static func histogram(_ table: OverlapTable, classNames: [String], title: String) -> HistogramPlot {
    HistogramPlot(
      title, axis: Axis("mean overlap index η over all angles", range: 0...1),
      series: classNames.enumerated().map { label, name in
        (name: name, values: table.rows.filter { $0.target == label }.map { min($0.meanOverlap, 1) })
      }, bins: 20)
  }

  /// The mean overlap of each source against its deviation over the angles, for several networks.
  public static func scatter(_ tables: [(label: String, table: OverlapTable)]) -> ScatterPlot {
    ScatterPlot(
      "Confidence while a source turns", xAxis: Axis("mean overlap index η"),
      yAxis: Axis("standard deviation of η over the angles"),
      series: tables.map { entry in
        Points(
          entry.label, x: entry.table.rows.map(\.meanOverlap), y: entry.table.rows.map(\.overlapDeviation))
      }, width: 520, height: 400)
  }

  /// Misclassified test images of each class, means over runs, beside published means.
  public static func errors(_ networks: [RadioGalaxyResults.Network]) -> BarPlot {
    let published = networks.map(\.published)
    func bars(_ label: Int, _ name: String) -> [Bars] {
      var result = [
        Bars(
          name, networks.map { $0.errors[label].mean }, errors: networks.map { $0.errors[label].deviation },
          colorIndex: label)
      ]
      // A single published bar would leave holes beside all others.
      if published.count(where: { $0 != nil }) > 1 {
        result.append(
          Bars("\(name), published", published.map { $0?.errors[label] ?? .nan }, colorIndex: label == 0 ? 4 : 5))
      }
      return result
    }
    return BarPlot(
      "Misclassified test sources", categories: networks.map(\.label),
      valueAxis: Axis("misclassified of \(networks.first?.runs.first?.test.count ?? 0) sources (mean over runs)"),
      series: bars(0, "FR I") + bars(1, "FR II"))
  }
}

import ArgumentParser
import Foundation
import Visualization

/// Draws the results that `bench.py` collected.
struct Plot: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Draws ratios and curves of a bench.json as a PNG file.")
  @Argument(help: "The file that bench.py wrote.") var results: String
  @Option(help: "The picture: a PNG, SVG or GIF file.") var output: String

  /// The part of the file that is drawn.
  struct Summary: Decodable {
    struct Ratio: Decodable {
      let label: String
      let ratio: Double
      let target: Double?
    }
    struct Curve: Decodable {
      let quantity: String
      let values: [Double]
      let seconds: [Double]
      let megabytes: [Double]
    }
    let ratios: [Ratio]
    let curves: [Curve]
  }

  struct Contents: Decodable {
    let summary: Summary
  }

  func run() throws {
    let summary = try JSONDecoder().decode(Contents.self, from: Data(contentsOf: URL(filePath: results))).summary
    var rows: [[any Drawing]] = []
    if !summary.ratios.isEmpty { rows.append([Self.ratios(summary.ratios)]) }
    if !summary.curves.isEmpty {
      rows.append([
        Self.curves(summary.curves, "Time of a layer's training step", "seconds", \.seconds),
        Self.curves(summary.curves, "Memory of a layer's training step", "MB", \.megabytes),
      ])
    }
    guard !rows.isEmpty else { throw ValidationError("\(results) has no results to draw") }
    try PanelGrid("", rows: rows).write(to: URL(filePath: output))
  }

  private static func ratios(_ ratios: [Summary.Ratio]) -> BarPlot {
    // Bars begin where the axis does: a tenth, so that what is slower than the peers is seen too.
    BarPlot(
      "Against the faster of escnn and e2cnn", categories: ratios.map(\.label),
      valueAxis: Axis("times as fast, or as little memory", range: 0.1...largest(ratios), isLogarithmic: true),
      series: [
        Bars("measured", ratios.map(\.ratio)), Bars("target", ratios.map { $0.target ?? 0.1 }),
      ], isHorizontal: true, width: 1120, height: 100 + 26 * Double(ratios.count))
  }

  /// The next power of ten.
  private static func largest(_ ratios: [Summary.Ratio]) -> Double {
    let largest = ratios.flatMap { [$0.ratio, $0.target ?? 1] }.max() ?? 10
    return pow(10, log10(max(largest, 10)).rounded(.up))
  }

  /// All curves over the multiple of their first value.
  private static func curves(
    _ curves: [Summary.Curve], _ title: String, _ unit: String, _ values: KeyPath<Summary.Curve, [Double]>
  ) -> LinePlot {
    LinePlot(
      title, xAxis: Axis("multiple of the smallest", isLogarithmic: true), yAxis: Axis(unit, isLogarithmic: true),
      series: curves.map { curve in
        Series(
          curve.quantity, x: curve.values.map { $0 / (curve.values.first ?? 1) }, y: curve[keyPath: values],
          showsPoints: true)
      })
  }
}

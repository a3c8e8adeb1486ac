public import Datasets
public import Foundation
internal import Visualization

extension RotationTestResult {
  /// Leaves `overlap.csv`, `histogram.png` and figures of the first sources, `rotations/rotationtest_<i>.png`, in a folder;
  /// every picture as SVG, too.
  ///
  /// **Throws**: `DatasetError` or `VisualizationError` when a file cannot be written.
  public func write(to folder: URL, name: String, dataset: ImageDataset, figures: Int) throws {
    try table.write(to: folder.appending(path: "overlap.csv"))
    let histogram = OverlapPlots.histogram(table, classNames: classNames, title: "\(name): overlap of the answers")
    for ending in ["png", "svg"] { try histogram.write(to: folder.appending(path: "histogram.\(ending)")) }
    guard figures > 0 else { return }
    let rotations = folder.appending(path: "rotations", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: rotations, withIntermediateDirectories: true)
    for index in sources.indices.prefix(figures) {
      let figure = figure(of: index, dataset: dataset)
      for ending in ["png", "svg"] {
        try figure.write(to: rotations.appending(path: "rotationtest_\(index).\(ending)"))
      }
    }
  }
}

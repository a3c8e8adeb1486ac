public import Datasets
public import Visualization

/// The test images whose confidence changes most between two networks.
public enum RankedSources {
  /// The sources in a row, the largest change of the overlap's deviation first.
  ///
  /// - Parameters:
  ///   - comparison: What both networks found.
  ///   - dataset: The test images in the order of the comparison.
  ///   - labels: The names of both networks.
  ///   - reversed: Whether the largest loss of the second network comes first, rather than its largest gain.
  ///   - count: How many are shown.
  public static func grid(
    _ comparison: OverlapComparison, dataset: ImageDataset, labels: (String, String), reversed: Bool = false,
    count: Int = 5
  ) -> PanelGrid {
    let panels = comparison.ranked(reversed: reversed).prefix(count).map { index -> any Drawing in
      let source = comparison.sources[index]
      let names = dataset.classNames
      return SourcePanel(
        [
          "source \(index), true \(names[source.target])",
          "\(labels.0): \(names[source.predictions[0]]), \(labels.1): \(names[source.predictions[1]])",
        ], image: dataset.field(index), circle: min(25, Double(dataset.imageShape.width) / 2 - 2))
    }
    let (stabler, other) = reversed ? labels : (labels.1, labels.0)
    return PanelGrid("Sources that \(stabler) answers more steadily than \(other) while they turn", rows: [panels])
  }
}

extension ImageDataset {
  /// One image of one channel as a picture.
  func field(_ index: Int) -> ScalarField {
    let area = imageShape.height * imageShape.width
    return ScalarField(
      width: imageShape.width, height: imageShape.height, values: image(index).prefix(area).map(Double.init))
  }
}

/// What a network answered about every source at every angle.
public struct RotationTestResult: Sendable {
  /// One source.
  public struct Source: Sendable {
    /// The true class.
    public let target: Int
    /// The probabilities of both classes for the upright image, without dropout.
    public let probabilities: [Double]
    /// The probabilities that the random passes gave, by angle, class and pass.
    public let samples: [[[Double]]]
    /// The overlap index at each angle.
    public let overlaps: [Double]

    /// The mean over all angles.
    public var meanOverlap: Double { overlaps.isEmpty ? 0 : overlaps.reduce(0, +) / Double(overlaps.count) }

    /// The standard deviation over all angles, divided by their number.
    public var overlapDeviation: Double {
      let mean = meanOverlap
      let squares = overlaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return overlaps.isEmpty ? 0 : (squares / Double(overlaps.count)).squareRoot()
    }
  }

  /// The angles in degrees.
  public let degrees: [Double]
  /// The names of the two classes.
  public let classNames: [String]
  /// The sources in the order of the images.
  public let sources: [Source]

  /// The mean overlap index over all sources and angles.
  public var meanOverlap: Double {
    sources.isEmpty ? 0 : sources.reduce(0) { $0 + $1.meanOverlap } / Double(sources.count)
  }

  /// One row a source, as the published code writes them.
  public var table: OverlapTable {
    OverlapTable(
      rows: sources.map {
        OverlapTable.Row(
          target: $0.target, probabilities: $0.probabilities, meanOverlap: $0.meanOverlap,
          overlapDeviation: $0.overlapDeviation)
      })
  }
}

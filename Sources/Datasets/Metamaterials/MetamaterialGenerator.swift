public import Homogenization

/// Draws periodic, mostly anisotropic unit cells of several families and homogenizes them.
///
/// Every cell is an upper level set of a random periodic function, at the level that gives the wanted volume fraction, which
/// is drawn evenly from a range. Pieces that hang on nothing are taken away; a cell whose solid then does not run through
/// it in two directions is drawn again. Directions are drawn evenly and with them the symmetries of the square: the
/// distribution of cells is the same after a quarter turn, a reflection or a shift, in all families up to the pixel grid.
///
/// Cell i follows from the seed and i alone: not from the number of cells, nor from threads.
///
/// **Complexity**: some 20 ms for each cell of 64 × 64 pixels and core, most of it homogenization.
public struct MetamaterialGenerator: Sendable {
  /// The kinds of cells.
  public enum Family: String, CaseIterable, Codable, Hashable, Sendable {
    /// Level sets and sheets of stretched Gaussian random fields.
    case gaussianField = "gaussian-field"
    /// Frames of stretched Voronoi diagrams.
    case voronoi
    /// Plates with rounded holes, as in the published data.
    case holes
    /// Lattices of straight or wavy struts in oblique directions.
    case struts
    /// Two of the others, one laid over the other.
    case blend
  }

  /// The number of rows and columns.
  public let side: Int
  /// The families that take turns, cell by cell.
  public let families: [Family]
  /// The smallest and the largest share of solid.
  public let volumeFraction: ClosedRange<Double>
  /// Whether cells are kept as they are drawn, broken or not.
  public let keepsBroken: Bool
  /// What homogenizes the cells.
  public let homogenizer: Homogenizer

  /// Creates a generator.
  ///
  /// **Throws**: `DatasetError.invalid`, naming the first setting that makes no sense.
  public init(
    side: Int = 64, families: [Family] = Family.allCases, volumeFraction: ClosedRange<Double> = 0.3...0.8,
    keepsBroken: Bool = false, materials: CellMaterials = .metamaterials
  ) throws(DatasetError) {
    guard (8...512).contains(side) else {
      throw .invalid("cells of \(side)×\(side) pixels; expected a side of 8 to 512")
    }
    guard !families.isEmpty else {
      throw .invalid("no family of cells; expected some of \(Family.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard volumeFraction.lowerBound >= 0.05, volumeFraction.upperBound <= 0.98 else {
      throw .invalid(
        "a volume fraction of \(volumeFraction.lowerBound) to \(volumeFraction.upperBound); expected 0.05 to 0.98")
    }
    guard (volumeFraction.upperBound - volumeFraction.lowerBound) * Double(side) >= 1 else {
      throw .invalid(
        "a volume fraction of \(volumeFraction.lowerBound) to \(volumeFraction.upperBound) in cells of \(side)×\(side) "
          + "pixels; expected a range of at least 1/\(side)")
    }
    self.side = side
    self.families = families
    self.volumeFraction = volumeFraction
    self.keepsBroken = keepsBroken
    homogenizer = Homogenizer(height: side, width: side, materials: materials)
  }

  /// Draws one cell, of family `index` modulo the number of families.
  ///
  /// **Throws**: `DatasetError.invalid` if no unbroken cell of the family has such a volume fraction, after 400 attempts.
  ///
  /// **Traps**: for a negative index.
  public func cell(_ index: Int, seed: UInt64) throws(DatasetError) -> UnitCell {
    precondition(index >= 0, "MetamaterialGenerator: there is no cell \(index)")
    let family = families[index % families.count]
    var rng = SeededGenerator(seed: seed, stream: index)
    var target = 0.0
    for attempt in 0..<400 {
      // Several patterns have the chance to reach one volume fraction, lest those hard to reach become rare.
      if attempt % 20 == 0 { target = rng.uniform(volumeFraction.lowerBound, volumeFraction.upperBound) }
      var cell = levelSet(of: values(family, using: &rng), share: target)
      if !keepsBroken { cell = cell.withoutFloatingPieces }
      if volumeFraction.contains(cell.volumeFraction), keepsBroken || !cell.isBroken { return cell }
    }
    throw .invalid(
      "no unbroken cell of the family \(family.rawValue) with \(side)×\(side) pixels and a volume fraction of "
        + "\(volumeFraction.lowerBound) to \(volumeFraction.upperBound) in 400 attempts; choose a higher or wider range"
    )
  }

  /// Draws and homogenizes cells on all cores.
  ///
  /// `progress` hears of the number of finished cells, from any thread but one call at a time.
  ///
  /// **Throws**: `DatasetError.invalid` as `cell(_:seed:)` does, for the first such cell, and `HomogenizationError`.
  ///
  /// **Traps**: for a negative number.
  public func cells(
    count: Int, seed: UInt64, progress: @Sendable (Int) -> Void = { _ in }
  ) throws -> [MetamaterialCell] {
    precondition(count >= 0, "MetamaterialGenerator: \(count) cells; expected 0 or more")
    return try MetamaterialCell.made(count: count, progress: progress) { index in
      try MetamaterialCell(cell(index, seed: seed), by: homogenizer)
    }
  }

  /// The values whose upper level sets are cells of a family.
  private func values(_ family: Family, using rng: inout SeededGenerator) -> [Double] {
    func pattern(_ family: Family) -> any CellPattern {
      switch family {
      case .gaussianField, .blend: GaussianFieldPattern(using: &rng)
      case .voronoi: VoronoiPattern(using: &rng)
      case .holes: HolesPattern(using: &rng)
      case .struts: StrutsPattern(using: &rng)
      }
    }
    guard family == .blend else { return pattern(family).sampled(side: side) }
    var simple = Family.allCases.filter { $0 != .blend }
    rng.shuffle(&simple)
    let (first, second) = (pattern(simple[0]), pattern(simple[1]))
    return BlendedPattern(first: first, second: second, share: rng.uniform(0.25, 0.75)).sampled(side: side)
  }

  /// The pixels with the highest values, as many as the share says; equal values go together.
  private func levelSet(of values: [Double], share: Double) -> UnitCell {
    let sorted = values.sorted(by: >)
    let count = min(max(Int((share * Double(values.count)).rounded()), 1), values.count)
    // Values that differ by rounding alone count as equal, so that symmetric patterns stay symmetric.
    let level = sorted[count - 1] - 1e-9 * (sorted[0] - sorted[values.count - 1])
    return UnitCell(height: side, width: side) { values[$0 * side + $1] >= level }
  }
}

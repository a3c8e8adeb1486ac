/// How far a function between two field types is from commuting with each of several group elements.
///
/// **Symmetry**: elements of the pixel grid are compared on the whole image of white noise, the others on a disc in
/// the middle
/// of a smooth image, because what enters at the border is unknown.
public struct EquivarianceReport: Codable, Hashable, Sendable {
  /// What was tested.
  public var name: String

  /// The type of the input.
  public var inputType: String

  /// The type of the output.
  public var outputType: String

  /// The shape of the input.
  public var inputShape: [Int]

  /// The shape of the output.
  public var outputShape: [Int]

  /// The type of the numbers.
  public var dtype: String

  /// The errors, one for each element.
  public var errors: [ElementError]

  /// Why the pixel grid's symmetry cannot be exact here, when the module knows.
  public var warning: String?

  /// The errors of the elements that map the pixel grid to itself.
  public var latticeErrors: [ElementError] { errors.filter(\.isLattice) }

  /// The errors of the elements that resample.
  public var resampledErrors: [ElementError] { errors.filter { !$0.isLattice } }

  /// The largest absolute error on elements that map the pixel grid to itself.
  public var latticeMaximum: Double { latticeErrors.map(\.maximum).max() ?? 0 }

  /// The largest relative error on elements that map the pixel grid to itself.
  public var latticeRelative: Double { latticeErrors.map(\.relative).max() ?? 0 }

  /// The largest relative error on elements that resample.
  public var resampledRelative: Double { resampledErrors.map(\.relative).max() ?? 0 }

  /// Whether all elements of the pixel grid are exact to a tolerance; false for numbers that are not finite.
  public func isLatticeExact(tolerance: Double = 1e-9) -> Bool {
    !latticeErrors.isEmpty && latticeErrors.allSatisfy { $0.maximum <= tolerance }
  }
}

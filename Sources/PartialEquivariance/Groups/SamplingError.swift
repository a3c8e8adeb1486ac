/// Why options of sampling cannot be used.
public enum SamplingError: Error, Hashable, CustomStringConvertible {
  /// A group without continuous rotations.
  case group(String)
  /// No element, or far too many.
  case count(Int)
  /// An odd number of elements of O(2).
  case oddCount(Int)
  /// A fixed grid, but one for each layer.
  case deterministicPerLayer
  /// A fixed grid, but one for each image.
  case deterministicPerBatchElement
  /// A learned support whose elements would not be drawn anew.
  case partialNeedsPerLayer
  /// A partial layer with a single element.
  case nothingToLearn
  /// Temperatures that do not fall to a positive one.
  case temperature(initial: Double, final: Double)

  /// One line with what to change.
  public var description: String {
    switch self {
    case .group(let name): "partial group convolutions are over SO2 or O2, not \(name)"
    case .count(let count): "\(count) group elements cannot be sampled; choose 1 to 1024"
    case .oddCount(let count):
      "\(count) elements are no pairs of a rotation and a reflection; choose an even number"
    case .deterministicPerLayer:
      "deterministic sampling gives every layer the same elements; set perLayer: false or sampling: random"
    case .deterministicPerBatchElement:
      "deterministic sampling gives every image the same elements; set perBatchElement: false or sampling: random"
    case .partialNeedsPerLayer:
      "a partial network with random sampling draws elements in each layer; set perLayer: true"
    case .nothingToLearn:
      "a partial network has nothing to leave out of a single element, which stands for the translations alone; raise the "
        + "number of samples, or set partial: false"
    case .temperature(let initial, let final):
      "temperatures must fall from a finite value to a positive one, found \(initial) to \(final)"
    }
  }
}

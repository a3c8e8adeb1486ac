/// What is to be predicted of each image of a data set.
public enum PredictionTask: Hashable, Codable, Sendable {
  /// One of several classes, with their names.
  case classes([String])
  /// Several quantities, with their names.
  case quantities([String])

  /// The numbers that a network gives for each image: one score a class, or one value a quantity.
  public var outputs: Int { names.count }

  /// The names of the classes or of the quantities.
  public var names: [String] {
    switch self {
    case .classes(let names), .quantities(let names): names
    }
  }
}

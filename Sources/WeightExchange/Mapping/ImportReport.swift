/// What an import or export did, layer by layer.
public struct ImportReport: Hashable, Sendable, Codable {
  /// One layer of ours and the module that stands for it.
  public struct Layer: Hashable, Sendable, Codable {
    /// How the numbers went over.
    public enum Method: String, Hashable, Sendable, Codable {
      /// Number by number, perhaps in another order.
      case copied
      /// The weights of a basis that both have.
      case weights
      /// The filter, projected onto the other's basis.
      case projected
    }

    /// The key of our layer.
    public let ours: String
    /// The key of the module of the other library.
    public let theirs: String
    /// The type of our layer.
    public let type: String
    /// How the numbers went over.
    public let method: Method
    /// The part of the filter that was lost, relative to its norm; nil for what has no filter.
    public let residual: Double?
  }

  /// The layers in order.
  public let layers: [Layer]
  /// Keys of the file that were left aside, for they follow from the others.
  public let ignored: [String]

  /// The largest residual, 0 if there is none.
  public var largestResidual: Double { layers.compactMap(\.residual).max() ?? 0 }
}

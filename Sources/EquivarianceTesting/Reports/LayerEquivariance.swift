/// The errors of one layer of a network: its own, and those that piled up to its output.
public struct LayerEquivariance: Codable, Hashable, Sendable {
  /// The position of the layer.
  public var index: Int

  /// The name of the layer's class.
  public var name: String

  /// The layer alone, on the features that reach it.
  public var own: EquivarianceReport

  /// The network from its input to this layer's output.
  public var accumulated: EquivarianceReport
}

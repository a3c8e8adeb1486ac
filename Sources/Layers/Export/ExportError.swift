/// A network that cannot be exported: which layer, and why.
public struct ExportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The dotted place of the layer in the network; empty for the network itself.
  public let path: String
  /// The class of the layer.
  public let layer: String
  /// What is in the way.
  public let reason: String

  /// Creates an error about a layer.
  public init(path: String, layer: String, reason: String) {
    self.path = path
    self.layer = layer
    self.reason = reason
  }

  /// One sentence: the layer, its place and the reason.
  public var description: String {
    path.isEmpty ? "\(layer): \(reason)" : "\(layer) at \"\(path)\": \(reason)"
  }
}

public import Training

/// How a block reduces its field's resolution.
public struct PoolConfiguration: ConfigurationSection {
  /// The sorts of pooling.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case max
    case average
    case maxAntialiased = "max-antialiased"
    case averageAntialiased = "average-antialiased"
  }

  /// The sort of pooling.
  public var kind: Kind
  /// Side of the pooling window in pixels; unused by `average-antialiased`, whose window follows from sigma.
  public var kernelSize: Int
  /// The distance between windows in pixels.
  public var stride: Int
  /// The margin around the image in pixels; nil takes the layer's own.
  public var padding: Int?
  /// Width of the low-pass filter in pixels; only for the antialiased kinds.
  public var sigma: Double

  /// Creates options.
  public init(kind: Kind, kernelSize: Int = 2, stride: Int = 2, padding: Int? = nil, sigma: Double? = nil) {
    self.kind = kind
    self.kernelSize = kernelSize
    self.stride = stride
    self.padding = padding
    self.sigma = sigma ?? (kind == .averageAntialiased ? 0.66 : 0.6)
  }

  /// Reads the `pool` section of a block.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let kind = try node.choice("kind", of: Kind.self)
    self.init(
      kind: kind, kernelSize: try node.int("kernelSize", default: 2, in: .within(1...16)),
      stride: try node.int("stride", default: 2, in: .within(1...8)),
      padding: try node.optionalInt("padding", in: .within(0...16)),
      sigma: try node.optionalDouble("sigma", in: .within(0.1...5)))
  }
}

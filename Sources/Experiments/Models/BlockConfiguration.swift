internal import SteerableKernels
public import Training

/// One block of a convolutional network: convolution, batch norm, nonlinearity, and optionally pooling.
public struct BlockConfiguration: ConfigurationSection {
  /// The hidden fields in the notation of `FieldType`, such as "24 regular"; for a plain network the number of channels.
  public var fields: String
  /// The edge of the kernels in pixels.
  public var kernelSize: Int
  /// The margin around the image in pixels.
  public var padding: Int
  /// The distance between the places where kernels are applied, in pixels.
  public var stride: Int
  /// The band limit of the kernels: "default", "-2", "-3", or a number c for the rule c·r.
  public var cutoff: String
  /// What follows the nonlinearity; nil for nothing.
  public var pool: PoolConfiguration?

  /// Creates options.
  public init(
    fields: String, kernelSize: Int, padding: Int? = nil, stride: Int = 1, cutoff: String = "default",
    pool: PoolConfiguration? = nil
  ) {
    self.fields = fields
    self.kernelSize = kernelSize
    self.padding = padding ?? kernelSize / 2
    self.stride = stride
    self.cutoff = cutoff
    self.pool = pool
  }

  /// Reads one entry of `model.blocks`.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    if node.has("channels") {
      fields = String(try node.int("channels", in: .within(1...4096)))
    } else {
      fields = try node.string("fields")
    }
    kernelSize = try node.int("kernelSize", default: 5, in: .within(1...31))
    padding = try node.int("padding", default: kernelSize / 2, in: .within(0...31))
    stride = try node.int("stride", default: 1, in: .within(1...8))
    // A factor may be written as a number; everything else is a name.
    if let factor = try? node.optionalDouble("cutoff") {
      cutoff = "\(factor)"
    } else {
      cutoff = try node.string("cutoff", default: "default")
    }
    if (try? FrequencyCutoff(cutoff)) == nil {
      throw node.invalid("cutoff", "must be default, -2, -3 or a number c (for c·r), found \"\(cutoff)\"")
    }
    pool = try node.optionalSection("pool").map { section throws(ConfigurationError) in try PoolConfiguration(section) }
  }
}

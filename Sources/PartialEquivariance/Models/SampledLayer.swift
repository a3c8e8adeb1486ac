/// A layer of a partial network, with the group elements that its output lives on.
public struct SampledLayer: Codable, Hashable, Sendable {
  /// The layer's key in its network, such as "blocks.0.conv1".
  public let name: String
  /// The layer's type.
  public let type: String
  /// The edge of the kernel in pixels; nil for Augerino's copies of the image.
  public let kernelSize: Int?
  /// The number of elements in a repeatable test.
  public let elements: Int
  /// What the layer has learned; nil for one that lives on the whole group, or on the identity alone.
  public let support: LearnedSupport?

  init(_ name: String, _ layer: LiftingConvolution) {
    self.name = name
    type = "\(Swift.type(of: layer))"
    kernelSize = layer.kernelSize
    elements = layer.sampler.fixed().count
    support = layer.sampler.learnedSupport
  }

  init(_ name: String, _ layer: GroupConvolution) {
    self.name = name
    type = "\(Swift.type(of: layer))"
    kernelSize = layer.kernelSize
    // The identity leaves nothing to draw, whatever the sampler has.
    let isSampled = layer.outputs == .sampled
    elements = isSampled ? layer.sampler.fixed().count : 1
    support = isSampled ? layer.sampler.learnedSupport : nil
  }

  init(_ name: String, turning sampler: GroupSampler) {
    self.name = name
    type = "\(Swift.type(of: sampler))"
    kernelSize = nil
    elements = sampler.fixed().count
    support = sampler.learnedSupport
  }
}

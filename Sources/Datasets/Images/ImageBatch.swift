/// The values of some images with what is to be predicted of each.
public struct ImageBatch: Hashable, Sendable {
  /// The values, image after image.
  public var values: [Float]
  /// What is to be predicted.
  public var targets: Targets

  /// What is to be predicted of each image of a batch.
  public enum Targets: Hashable, Sendable {
    /// The class of each image.
    case classes([Int])
    /// The quantities of each image, image after image.
    case quantities([Float])
  }

  /// Puts images and targets together.
  public init(values: [Float], targets: Targets) {
    self.values = values
    self.targets = targets
  }
}

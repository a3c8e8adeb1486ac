/// How large the radio-galaxy study is.
public enum RadioGalaxyPreset: String, CaseIterable, Sendable {
  /// The central 50 pixels, C4 and D4, 60 epochs, five seeds: less than half an hour on one core.
  case cpu
  /// As published: 151 pixels, C16 and D16, 600 epochs, five seeds; made for a GPU or for days.
  case full

  /// The networks that are compared unless others are named.
  public var networks: String {
    switch self {
    case .cpu: "vanilla,c4,d4"
    case .full: "vanilla,c16,d16"
    }
  }

  /// The seeds of each network unless another number is given.
  public var seeds: Int { 5 }

  /// The epochs of each run unless another number is given.
  public var epochs: Int {
    switch self {
    case .cpu: 60
    case .full: 600
    }
  }

  /// Whether the validation images have no say in the training, neither in the learning rate nor in the choice of weights:
  /// then they are held out as the test images are.
  var validationIsUnused: Bool { self == .cpu }

  /// The `data` section of a configuration.
  var data: String {
    switch self {
    // An even side of 4n + 2 pixels: pooling covers every map, so the equivariant layers are exact on the pixel grid.
    case .cpu: "{kind: mirabest, crop: 50, padding: 0}"
    case .full: "{kind: mirabest, crop: 150, padding: 1}"
    }
  }

  /// The `training` section of a configuration.
  func training(epochs: Int, isAugmented: Bool) -> String {
    let rotation = isAugmented ? "180" : "none"
    switch self {
    case .cpu:
      return """
        {epochs: \(epochs), batchSize: 50, keep: last, precision: bfloat16, augmentation: {rotation: \(rotation)},
          optimizer: {kind: adam, learningRate: 0.001, weightDecay: 1.0e-6}, schedule: {kind: cosine}}
        """
    case .full:
      return """
        {epochs: \(epochs), batchSize: 50, keep: best, augmentation: {rotation: \(rotation)},
          optimizer: {kind: adam, learningRate: 0.0001, weightDecay: 1.0e-6},
          schedule: {kind: plateau, factor: 0.9, patience: 2, smallestChange: 1.0e-8}}
        """
    }
  }

  /// One line for the report.
  var description: String {
    switch self {
    case .cpu:
      "the reduced preset: the central 50×50 pixels, Adam with a learning rate of 0.001 that falls to 0 as a cosine, and the "
        + "last weights"
    case .full:
      "the published preset: 151×151 pixels, Adam with a learning rate of 0.0001 that falls on plateaus of the validation "
        + "loss, and the weights with the best validation accuracy"
    }
  }
}

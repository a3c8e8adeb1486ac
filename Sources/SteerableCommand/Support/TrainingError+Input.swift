import Training

extension TrainingError {
  /// Whether the cause is what the user gave, not what happened on the way.
  var isAboutInput: Bool {
    switch self {
    case .checkpoint, .runFolder, .data, .environment: true
    case .nonFiniteLoss, .nonFiniteGradient, .nonFiniteWeight, .unwritable, .file, .lostProcess: false
    }
  }
}

/// One question of the study of partial equivariance.
public enum PartialStudyTask: String, Codable, CaseIterable, Sendable {
  /// Sixes against sixes turned by half a turn.
  case turnedSixes = "mnist6-180"
  /// Sixes against mirrored sixes.
  case mirroredSixes = "mnist6-m"
  /// Digits in all orientations.
  case rotatedDigits = "rotmnist"
  /// Photographs of ten classes.
  case cifar10
  /// Photographs of a hundred classes; in the full preset only.
  case cifar100
  /// Digits turned by at most a known angle; not in the paper.
  case knownRange = "range"

  /// The tasks of a preset, in their order.
  public static func tasks(of preset: PartialEquivarianceStudy.Preset) -> [PartialStudyTask] {
    allCases.filter { !PartialStudyVariant.variants(of: $0, preset: preset).isEmpty }
  }

  /// The name in tables and headings.
  var title: String {
    switch self {
    case .turnedSixes: "MNIST6-180"
    case .mirroredSixes: "MNIST6-M"
    case .rotatedDigits: "rotated MNIST"
    case .cifar10: "CIFAR-10"
    case .cifar100: "CIFAR-100"
    case .knownRange: "known range"
    }
  }
}

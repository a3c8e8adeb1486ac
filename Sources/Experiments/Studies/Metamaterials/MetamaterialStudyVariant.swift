internal import Foundation
internal import Training

/// A network of the metamaterial study with what its training cells are changed by and how it is trained.
public struct MetamaterialStudyVariant: Codable, Hashable, Sendable {
  /// The networks.
  public enum Network: String, Codable, CaseIterable, Sendable {
    case plain
    case flip
    case c2
    case circular
    case c4
    case d4
    case elasticityC1 = "elasticity-c1"
    case elasticityC4 = "elasticity-c4"
    case elasticityD4 = "elasticity-d4"

    /// The name in tables.
    public var title: String {
      switch self {
      case .plain: "Plain CNN"
      case .flip: "Flip equivariant"
      case .c2: "Rotation equivariant (C2)"
      case .circular: "Shift equivariant (circular)"
      case .c4: "Rotation equivariant (C4)"
      case .d4: "Flips and rotations (D4)"
      case .elasticityC1: "Ours, shifts only (C1)"
      case .elasticityC4: "Ours, shifts and rotations (C4)"
      case .elasticityD4: "Ours, end to end (D4)"
      }
    }

    /// Whether the network is one of the original study, with its dense head.
    public var isPublished: Bool { !rawValue.hasPrefix("elasticity") }

    /// The number of parameters in the reference; nil where it has no such network.
    public var publishedParameters: Int? {
      switch self {
      case .plain, .circular: 98_350
      case .flip, .c2: 98_330
      case .c4: 98_322
      default: nil
      }
    }
  }

  /// The random changes of training cells.
  public enum Augmentation: String, Codable, CaseIterable, Sendable {
    case none
    case flip
    case rotation
    case shift
    case all

    /// The changes in the notation of configurations.
    var changes: [MetamaterialOptions.Change] {
      switch self {
      case .none: []
      case .flip: [.flips]
      case .rotation: [.rotations]
      case .shift: [.shifts]
      case .all: [.flips, .rotations, .shifts]
      }
    }
  }

  /// The ways of training.
  public enum Schedule: String, Codable, Sendable {
    /// As in the original: Adam at 0.0054 throughout, batches of 256, 20 epochs.
    case published
    /// Adam at 0.005, falling along a cosine, batches of 64.
    case cosine
  }

  /// The network.
  public let network: Network
  /// The changes of training cells.
  public let augmentation: Augmentation
  /// How it is trained.
  public let schedule: Schedule
  /// The number of training cells; nil for all.
  public let images: Int?

  /// Puts a variant together.
  public init(
    _ network: Network, _ augmentation: Augmentation = .none, schedule: Schedule? = nil, images: Int? = nil
  ) {
    self.network = network
    self.augmentation = augmentation
    self.schedule = schedule ?? (network.isPublished ? .published : .cosine)
    self.images = images
  }

  /// The folder of a run, relative to those of all runs.
  public func run(seed: Int) -> String {
    let size = images.map { "-\($0)-cells" } ?? ""
    return "\(network.rawValue)-\(augmentation.rawValue)-\(schedule.rawValue)\(size)/seed-\(seed)"
  }

  /// The published mean squared error and its deviation over 15 runs.
  public var published: (mean: Double, deviation: Double)? {
    guard schedule == .published, images == nil else { return nil }
    return switch (network, augmentation) {
    case (.plain, .none): (0.01, 0.004)
    case (.plain, .flip): (0.011, 0.004)
    case (.plain, .rotation): (0.007, 0.003)
    case (.plain, .shift): (0.011, 0.004)
    case (.flip, .none): (0.014, 0.006)
    case (.flip, .flip): (0.008, 0.001)
    case (.c2, .none): (0.0143, 0.005)
    case (.c2, .rotation): (0.005, 0.001)
    case (.circular, .none): (0.0193, 0.008)
    // Printed as .01 ± .40 there.
    case (.circular, .shift): (0.01, 0.4)
    default: nil
    }
  }

  // MARK: - Which variants a study has

  /// The original's table.
  static let table: [MetamaterialStudyVariant] = [
    .init(.plain), .init(.plain, .flip), .init(.plain, .rotation), .init(.plain, .shift), .init(.flip),
    .init(.flip, .flip), .init(.c2), .init(.c2, .rotation), .init(.circular), .init(.circular, .shift),
  ]

  /// What the original does not have.
  static let further: [MetamaterialStudyVariant] = [
    .init(.c4), .init(.c4, .rotation), .init(.d4), .init(.d4, .all), .init(.plain, .none, schedule: .cosine),
    .init(.plain, .all, schedule: .cosine), .init(.elasticityC1), .init(.elasticityC1, .all), .init(.elasticityC4),
    .init(.elasticityD4),
  ]

  /// The networks that are compared over the number of training cells: plain, augmented and equivariant.
  static let efficiency: [MetamaterialStudyVariant] = [
    .init(.plain, .none, schedule: .cosine), .init(.plain, .all, schedule: .cosine), .init(.elasticityC1, .all),
    .init(.elasticityD4),
  ]

  /// The same with fewer training cells.
  func with(images: Int) -> MetamaterialStudyVariant {
    MetamaterialStudyVariant(network, augmentation, schedule: schedule, images: images)
  }
}

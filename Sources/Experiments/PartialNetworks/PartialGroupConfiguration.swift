internal import PartialEquivariance
internal import Symmetry
public import Training

/// The `model.group` section: a group, how many elements of it feature maps live on, and how these are chosen.
public struct PartialGroupConfiguration: ConfigurationSection {
  /// The groups that a configuration can name.
  public enum Name: String, Codable, CaseIterable, Sendable {
    /// Translations and rotations.
    case se2 = "SE2"
    /// Translations, rotations and reflections.
    case e2 = "E2"
  }

  /// What a test draws.
  public enum Evaluation: String, Codable, CaseIterable, Sendable {
    case fixed, seeded, random
  }

  /// The group.
  public var name: Name
  /// The number of elements, reflections included.
  public var samples: Int
  /// "deterministic" or "random".
  public var sampling: String
  /// Whether layers learn on which elements they live.
  public var partial: Bool
  /// Whether each layer draws elements of its own.
  public var perLayer: Bool
  /// Whether each image of a batch has elements of its own.
  public var perBatchElement: Bool
  /// The temperature of draws at the beginning of training.
  public var initialTemperature: Double
  /// The temperature of draws at the end of training.
  public var finalTemperature: Double
  /// What a test draws.
  public var evaluation: Evaluation
  /// The seed of seeded tests.
  public var evaluationSeed: Int
  /// "reparametrized", or "shift-and-jitter" as in the original.
  public var supportGradient: String
  /// "projected", or "unconstrained" as in the original.
  public var supportRange: String
  /// "sigmoid", or "double-sigmoid" as in the original.
  public var inclusion: String
  /// "spacing", or "full-count" as in the original.
  public var jitter: String
  /// "presence", or "coordinates" as in the original.
  public var gateGradient: String

  /// Reads the `model.group` section.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    if (try? node.optionalString("name"))?.uppercased() == "T2" {
      throw node.invalid(
        "name", "must be one of SE2, E2, found T2; the translations alone are SE2 with samples: 1 and partial: false")
    }
    name = try node.choice("name", of: Name.self)
    samples = try node.int("samples", in: .within(1...1024))
    let method = try node.choice("sampling", default: GroupSampling.Method.deterministic)
    sampling = method.rawValue
    partial = try node.bool("partial", default: false)
    perLayer = try node.bool("perLayer", default: partial && method == .random)
    perBatchElement = try node.bool("perBatchElement", default: false)
    initialTemperature = try node.double("initialTemperature", default: 0.5, in: .moreThan(0))
    finalTemperature = try node.double("finalTemperature", default: 1e-4, in: .moreThan(0))
    evaluation = try node.choice("evaluation", default: .fixed)
    evaluationSeed = evaluation == .seeded ? try node.int("evaluationSeed", default: 0, in: .atLeast(0)) : 0
    supportGradient = try node.choice("supportGradient", default: GroupSampling.SupportGradient.reparametrized).rawValue
    supportRange = try node.choice("supportRange", default: GroupSampling.SupportRange.projected).rawValue
    inclusion = try node.choice("inclusion", default: GroupSampling.Inclusion.sigmoid).rawValue
    jitter = try node.choice("jitter", default: GroupSampling.Jitter.spacing).rawValue
    gateGradient = try node.choice("gateGradient", default: GroupSampling.GateGradient.coordinates).rawValue
  }

  /// The options of sampling.
  var options: GroupSampling {
    GroupSampling(
      name == .se2 ? .so2 : .o2, count: samples, method: .init(rawValue: sampling) ?? .deterministic,
      perLayer: perLayer, perBatchElement: perBatchElement,
      temperature: TemperatureSchedule(from: initialTemperature, to: finalTemperature), evaluation: drawn,
      supportGradient: .init(rawValue: supportGradient) ?? .reparametrized,
      supportRange: .init(rawValue: supportRange) ?? .projected, inclusion: .init(rawValue: inclusion) ?? .sigmoid,
      jitter: .init(rawValue: jitter) ?? .spacing,
      gateGradient: .init(rawValue: gateGradient) ?? .coordinates)
  }

  private var drawn: GroupSampling.Evaluation {
    switch evaluation {
    case .fixed: .fixed
    case .seeded: .seeded(UInt64(evaluationSeed))
    case .random: .random
    }
  }
}

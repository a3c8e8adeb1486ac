internal import Training

/// One line of the study's table: a network on the images of a task.
struct PartialStudyVariant: Hashable {
  let task: PartialStudyTask
  /// The name in tables, such as "SE(2), partial".
  let title: String
  /// The name of its folder.
  let key: String
  /// The configuration, from the folder of all configurations of partial networks.
  let file: String
  var overrides: [String] = []
  /// The published accuracy in percent, if there is one.
  var published: Double?
  /// The largest angle of the images in degrees, where the study chooses it.
  var range: Double?

  /// The experiment with a seed.
  func experiment(in folder: String, seed: Int) throws(ConfigurationError) -> Experiment {
    try Experiment(path: "\(folder)/\(file)", overrides: overrides + ["seed=\(seed)"])
  }

  /// The name of a run.
  func run(seed: Int) -> String { "\(task.rawValue)/\(key)/seed-\(seed)" }
}

extension PartialStudyVariant {
  /// The lines of a task.
  ///
  /// **Reference**: published figures of Romero and Lohit (2022) for eight elements.
  static func variants(of task: PartialStudyTask, preset: PartialEquivarianceStudy.Preset) -> [Self] {
    func variant(_ title: String, _ key: String, _ small: String, _ large: String, _ published: Double?) -> Self {
      Self(
        task: task, title: title, key: key, file: preset == .cpu ? "study/\(small).yaml" : "\(large).yaml",
        published: published)
    }
    switch task {
    case .turnedSixes:
      return [
        variant("SE(2), full", "se2-full", "mnist6_180_se2_full", "mnist6_180/ck_se2_full", 50),
        variant("SE(2), partial", "se2-partial", "mnist6_180_se2_partial", "mnist6_180/ck_se2_partial", 100),
      ]
    case .mirroredSixes:
      return [
        variant("E(2), full", "e2-full", "mnist6_m_e2_full", "mnist6_m/ck_e2_full", 50),
        variant("E(2), partial", "e2-partial", "mnist6_m_e2_partial", "mnist6_m/ck_e2_partial", 100),
      ]
    case .rotatedDigits:
      return [
        variant("T(2)", "t2", "rotmnist_t2", "rotmnist/ck_t2", 97.23),
        variant("SE(2), full", "se2-full", "rotmnist_se2_full", "rotmnist/ck_se2_full", 99.17),
        variant("SE(2), partial", "se2-partial", "rotmnist_se2_partial", "rotmnist/ck_se2_partial", 99.23),
        variant("E(2), full", "e2-full", "rotmnist_e2_full", "rotmnist/ck_e2_full", 98.14),
        variant("E(2), partial", "e2-partial", "rotmnist_e2_partial", "rotmnist/ck_e2_partial", 97.78),
        variant("Augerino, SE(2)", "augerino", "rotmnist_augerino", "rotmnist/ck_augerino_se2", nil),
      ]
    case .cifar10 where preset == .cpu:
      return [
        variant("T(2)", "t2", "cifar10_t2", "cifar10/ck_t2", 83.11),
        variant("SE(2), full", "se2-full", "cifar10_se2_full", "cifar10/ck_se2_full", 86.08),
        variant("SE(2), partial", "se2-partial", "cifar10_se2_partial", "cifar10/ck_se2_partial", 88.59),
      ]
    case .cifar10, .cifar100:
      guard preset == .full else { return [] }
      let figures =
        task == .cifar10 ? [83.11, 86.08, 88.59, 85.55, 89.00] : [47.99, 55.55, 57.26, 54.29, 55.22]
      let networks = [
        ("T(2)", "t2", "ck_t2"), ("SE(2), full", "se2-full", "ck_se2_full"),
        ("SE(2), partial", "se2-partial", "ck_se2_partial"), ("E(2), full", "e2-full", "ck_e2_full"),
        ("E(2), partial", "e2-partial", "ck_e2_partial"),
      ]
      return zip(networks, figures).map { network, figure in
        variant(network.0, network.1, "", "\(task.rawValue)/\(network.2)", figure)
      } + [variant("Augerino, SE(2)", "augerino", "", "\(task.rawValue)/ck_augerino_se2", nil)]
    case .knownRange:
      let larger = [
        "model.hidden=32", "model.kernel.size=7", "model.kernel.hidden=32", "data.training=10000",
        "training.epochs=60", "training.precision=float32",
      ]
      return [30.0, 60, 90, 180].map { range in
        Self(
          task: task, title: "±\(Int(range))°, SE(2), partial", key: "within-\(Int(range))",
          file: "study/range_se2_partial.yaml",
          overrides: ["data.rotation=\(Int(range))"] + (preset == .full ? larger : []), range: range)
      }
    }
  }
}

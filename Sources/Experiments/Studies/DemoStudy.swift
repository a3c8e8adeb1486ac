internal import Datasets
internal import Layers
public import Foundation
public import Training
internal import Visualization

/// The main job of `make demo`: what equivariance buys, in under five minutes and without a download.
///
/// A C8-steerable network and a plain network of equal cost are trained on upright radio galaxies from the simulator and
/// tested at every angle. Leaves two run folders, the learning curves, the accuracy against the angle, an animation of a
/// scalar and a vector feature field under rotation, and a one-page report.
public struct DemoStudy: Sendable {
  /// The folder that everything is left in.
  public let output: URL
  private let steerable: Experiment
  private let plain: Experiment

  /// What the study found.
  public struct Result: Codable, Sendable {
    /// What was found for one network.
    public struct Network: Codable, Sendable {
      /// The name in the pictures.
      public let name: String
      /// How many numbers are trained.
      public let parameters: Int
      /// The seconds that its training took.
      public let seconds: Double
      /// The accuracy on upright test images.
      public let upright: Double
      /// The mean accuracy over all angles.
      public let rotated: Double
      /// The accuracy at each angle.
      public let curve: [RotationScore]
    }

    /// The steerable network, then the plain one.
    public let networks: [Network]
    /// The largest equivariance error of the trained steerable network on rotations by 90°, in double precision.
    public let latticeError: Double
    /// The seconds that the whole study took.
    public let seconds: Double
  }

  /// Prepares the study from the configurations of both networks.
  ///
  /// **Throws**: `ConfigurationError` for a configuration that cannot be read.
  public init(output: String, configurations: String = "Configs/demo") throws(ConfigurationError) {
    self.output = URL(fileURLWithPath: output, isDirectory: true)
    steerable = try Experiment(path: "\(configurations)/c8.yaml")
    plain = try Experiment(path: "\(configurations)/plain.yaml")
  }

  /// Runs the study; returns nil when it was stopped.
  ///
  /// - Parameters:
  ///   - stop: Asks for an early end, without a report.
  ///   - observers: Are told how the trainings go, such as a progress bar.
  ///   - note: Receives one line a stage.
  public func run(
    stop: StopSignal = StopSignal(), observers: [any TrainingObserver] = [], note: (String) -> Void = { _ in }
  ) throws -> Result? {
    let start = Date()
    note("simulating radio galaxies: \(steerable.configuration.data.training) upright sources to train on")
    let data = try steerable.configuration.data.load(folder: nil)

    var networks: [Result.Network] = []
    var reports: [(name: String, epochs: [EpochReport])] = []
    var trained: [any ImageClassifier] = []
    for (title, experiment) in [("C8 steerable", steerable), ("plain CNN", plain)] {
      note("\ntraining the \(title) network")
      let recorder = EpochRecorder()
      let outcome = try experiment.train(
        data: data, output: output.appending(path: experiment.configuration.name).path, stop: stop,
        observers: observers + [recorder])
      guard let test = outcome.test else { return nil }
      note(String(format: "upright test accuracy %.1f %%; now at 24 angles", 100 * test.accuracy))
      let angles = Array(stride(from: 0.0, through: 360, by: 15))
      guard
        let curve = experiment.evaluator().rotationScores(
          outcome.model, on: data.test, degrees: angles, shouldStop: { stop.isRequested })
      else { return nil }
      // The last angle repeats the first.
      let mean = curve.dropLast().reduce(0) { $0 + $1.accuracy } / Double(curve.count - 1)
      networks.append(
        .init(
          name: title, parameters: outcome.model.parameterCount, seconds: outcome.training.seconds,
          upright: test.accuracy, rotated: mean, curve: curve))
      reports.append((title, recorder.epochs))
      trained.append(outcome.model)
    }

    note("\nverifying the steerable network")
    let verification = try Verification(
      trained[0], name: steerable.configuration.name, configuration: steerable.configuration)
    note("drawing")
    let result = Result(
      networks: networks, latticeError: verification.latticeMaximum, seconds: Date().timeIntervalSince(start))
    try draw(result, reports: reports, verification: verification, data: data)
    try write(result, to: output.appending(path: "results.json"))
    return result
  }

  private func draw(
    _ result: Result, reports: [(name: String, epochs: [EpochReport])], verification: Verification, data: DatasetSplits
  ) throws {
    let learning = DemoPictures.learningCurves(reports)
    let rotation = DemoPictures.accuracyAgainstAngle(result.networks)
    let errors = DemoPictures.equivarianceError(verification)
    let sources = DemoPictures.sources(data.training)
    let animation = try FieldAnimation.ofSimulatedGalaxy(seed: steerable.configuration.data.seed).render()

    let pictures: [DemoReport.Picture: Data] = [
      .learning: try learning.write(to: output.appending(path: "learning_curves.png")),
      .rotation: try rotation.write(to: output.appending(path: "accuracy_against_angle.png")),
      .errors: try errors.write(to: output.appending(path: "equivariance_error.png")),
      .sources: try sources.write(to: output.appending(path: "sources.png")),
      .fields: try animation.write(to: output.appending(path: "fields.gif")),
    ]
    try DemoReport(
      result: result, steerable: steerable, plain: plain, verification: verification,
      pictures: pictures
    ).page.write(to: output.appending(path: "report.html"))
  }
}

/// Keeps the reports of a training's epochs.
private final class EpochRecorder: TrainingObserver {
  private(set) var epochs: [EpochReport] = []

  func receive(_ event: TrainingEvent) {
    if case .epoch(let report) = event { epochs.append(report) }
  }
}

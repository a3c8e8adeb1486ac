internal import Datasets
internal import Foundation
internal import Layers
public import Training

/// What one run of the metamaterial study found.
public struct MetamaterialStudyRun: Codable, Sendable {
  /// The errors of one epoch.
  public struct Epoch: Codable, Sendable {
    /// The epoch, from 1.
    public let epoch: Int
    /// The mean squared error of the training cells while they were learned from.
    public let training: Double
    /// That of the test cells after the epoch; nil if it was not measured.
    public let test: Double?

    package init(epoch: Int, training: Double, test: Double?) {
      self.epoch = epoch
      self.training = training
      self.test = test
    }
  }

  /// The seed of the network, the division of the cells, and their order.
  public let seed: Int
  /// The number of trained numbers.
  public let parameters: Int
  /// The errors on the test cells at the end.
  public let test: RegressionEvaluation
  /// The epochs.
  public let epochs: [Epoch]
  /// The seconds of training.
  public let seconds: Double

  package init(seed: Int, parameters: Int, test: RegressionEvaluation, epochs: [Epoch], seconds: Double) {
    self.seed = seed
    self.parameters = parameters
    self.test = test
    self.epochs = epochs
    self.seconds = seconds
  }

  /// Trains and tests one network; returns nil if it was stopped.
  static func make(
    _ experiment: Experiment, seed: Int, cells: Splits<AugmentedCells>, folder: URL, resume: Bool, stop: StopSignal,
    observers: [any TrainingObserver]
  ) throws -> MetamaterialStudyRun? {
    let outcome = try experiment.train(
      cells: cells, output: folder.path, resume: resume, stop: stop, observers: observers)
    guard let test = outcome.regression else { return nil }
    let epochs = try RunDirectory.open(at: folder.path).epochReports().map {
      Epoch(epoch: $0.epoch, training: $0.trainingLoss, test: $0.validationLoss)
    }
    // A study has hundreds of runs; their weights are enough.
    try? FileManager.default.removeItem(at: folder.appending(path: "checkpoints"))
    return MetamaterialStudyRun(
      seed: seed, parameters: outcome.model.parameterCount, test: test, epochs: epochs,
      seconds: outcome.training.seconds)
  }
}

internal import Foundation
public import Training

/// Losses and errors of a run, epoch by epoch.
public struct LearningCurve: Hashable, Sendable {
  /// The epochs, from 1.
  public let epochs: [Double]
  /// The mean loss of the training images.
  public let trainingLoss: [Double]
  /// The mean loss of the validation images; NaN where they were not due.
  public let validationLoss: [Double]
  /// The share of validation images that were classified wrongly; NaN where they were not due.
  public let validationError: [Double]

  /// Makes a curve.
  public init(epochs: [Double], trainingLoss: [Double], validationLoss: [Double], validationError: [Double]) {
    self.epochs = epochs
    self.trainingLoss = trainingLoss
    self.validationLoss = validationLoss
    self.validationError = validationError
  }

  /// Reads `metrics.jsonl` of a run.
  ///
  /// **Throws**: `TrainingError.file` when there is none, or no epoch in it.
  public init(run: RunDirectory) throws(TrainingError) {
    guard FileManager.default.isReadableFile(atPath: run.metrics.path) else {
      throw .file("\(run.metrics.path): there is no such file; the run has not been trained")
    }
    let reports = run.epochReports()
    guard !reports.isEmpty else { throw .file("\(run.metrics.path): holds no epoch yet") }
    self.init(
      epochs: reports.map { Double($0.epoch) }, trainingLoss: reports.map(\.trainingLoss),
      validationLoss: reports.map { $0.validationLoss ?? .nan },
      validationError: reports.map { 1 - ($0.validationAccuracy ?? .nan) })
  }
}

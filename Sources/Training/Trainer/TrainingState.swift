internal import Datasets

/// Everything but tensors that a resumed run needs to go on as if it had not been interrupted.
struct TrainingState: Codable, Hashable {
  /// Where the reading of the training images stands.
  var position: BatchPosition
  /// The steps done.
  var step = 0
  /// What was summed over the current epoch.
  var totals = EpochTotals()
  /// The rate's own state.
  var schedule: RateSchedule
  /// The learning rate of the last step.
  var learningRate = 0.0
  /// The best value of the watched metric.
  var bestMetric: Double?
  /// The epoch, from 1, that had the best value.
  var bestEpoch: Int?
  /// The evaluations since the best one.
  var evaluationsSinceBest = 0
  /// The report of the last epoch.
  var lastEpoch: EpochReport?
  /// The seconds of training by all processes that worked on the run.
  var seconds = 0.0
  /// The bytes of the metrics file that belong to this state.
  var metricsLength = 0
  /// The bytes of the event file that belong to this state.
  var eventsLength: Int?
  /// The bytes of the table of epochs that belong to this state.
  var tableLength: Int?
  /// Why the run is over; nil while it is not.
  var ended: TrainingResult.Reason?

  /// The epochs completed.
  var epochs: Int { position.epoch }

  /// The state without what depends on the clock.
  var timeless: TrainingState {
    var copy = self
    copy.seconds = 0
    copy.totals.seconds = 0
    copy.lastEpoch = nil
    copy.metricsLength = 0
    copy.eventsLength = nil
    copy.tableLength = nil
    return copy
  }

  func result(_ reason: TrainingResult.Reason, seconds: Double) -> TrainingResult {
    TrainingResult(
      reason: reason, epochs: epochs, steps: step, bestMetric: bestMetric, bestEpoch: bestEpoch, lastEpoch: lastEpoch,
      seconds: seconds)
  }
}

/// Sums over the steps of an epoch.
struct EpochTotals: Codable, Hashable {
  var loss = 0.0
  var correct = 0
  var images = 0
  var seconds = 0.0

  mutating func add(loss: Double, correct: Int?, images: Int) {
    self.loss += loss * Double(images)
    self.correct += correct ?? 0
    self.images += images
  }

  var meanLoss: Double { images == 0 ? 0 : loss / Double(images) }
  var accuracy: Double { images == 0 ? 0 : Double(correct) / Double(images) }
}

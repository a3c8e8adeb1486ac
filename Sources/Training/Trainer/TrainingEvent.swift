/// Something that happened during training; observers read it and cannot change it.
public enum TrainingEvent: Sendable {
  /// Training begins, or goes on after a checkpoint.
  case started(TrainingPlan)
  /// A step is done.
  case step(StepReport)
  /// An epoch is done, with its evaluation if one was due.
  case epoch(EpochReport)
  /// A checkpoint was written.
  case checkpoint(path: String, step: Int)
  /// Training is over.
  case finished(TrainingResult)
}

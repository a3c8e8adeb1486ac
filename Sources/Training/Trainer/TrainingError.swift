/// A reason why training cannot start or go on.
public enum TrainingError: Error, Hashable, Sendable {
  /// The loss of a step is not a number or infinite; `checkpoint` names the last good state.
  case nonFiniteLoss(value: Double, epoch: Int, step: Int, checkpoint: String?)
  /// The gradient of a weight is not a number or infinite though the loss is finite; the step was not made, and
  /// `checkpoint` names the last good state.
  case nonFiniteGradient(key: String, epoch: Int, step: Int, checkpoint: String?)
  /// A weight is not a number or infinite after a step; `checkpoint` names the last good state.
  case nonFiniteWeight(key: String, step: Int, checkpoint: String?)
  /// A checkpoint cannot be used.
  case checkpoint(CheckpointError)
  /// A folder cannot hold the run.
  case runFolder(path: String, problem: String)
  /// A file cannot be written.
  case unwritable(path: String)
  /// A file cannot be read or written, as its own error tells.
  case file(String)
  /// The data do not fit the training options.
  case data(String)
  /// The processes of a training were not started in a way that fits together.
  case environment(String)
  /// Another process of the training has ended, or does not answer.
  case lostProcess(String)
}

extension TrainingError: CustomStringConvertible {
  /// The reason in one sentence, with what to do where that is known.
  public var description: String {
    switch self {
    case .nonFiniteLoss(let value, let epoch, let step, let checkpoint):
      "the loss is \(value.isNaN ? "not a number" : "infinite") at step \(step) (epoch \(epoch)); "
        + Self.resort(checkpoint)
    case .nonFiniteGradient(let key, let epoch, let step, let checkpoint):
      "the gradient of \(key) is not finite at step \(step) (epoch \(epoch)); " + Self.resort(checkpoint)
    case .nonFiniteWeight(let key, let step, let checkpoint):
      "the weight \(key) is no longer finite after step \(step); " + Self.resort(checkpoint)
    case .checkpoint(let error): error.description
    case .runFolder(let path, let problem): "\(path): \(problem)"
    case .unwritable(let path): "\(path): cannot be written"
    case .file(let text), .data(let text), .environment(let text), .lostProcess(let text): text
    }
  }

  private static func resort(_ checkpoint: String?) -> String {
    let cure = "lower the learning rate or clip the gradients"
    guard let checkpoint else { return "there is no checkpoint before it; \(cure)" }
    return "the last good checkpoint is \(checkpoint); \(cure)"
  }
}

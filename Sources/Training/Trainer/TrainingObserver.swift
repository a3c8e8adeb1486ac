/// Something that follows a training, such as a progress bar.
public protocol TrainingObserver: AnyObject {
  /// Takes note of what happened; called on the thread that trains.
  func receive(_ event: TrainingEvent)
}

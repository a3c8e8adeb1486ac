/// An observer made of a closure.
public final class EventHandler: TrainingObserver {
  private let body: (TrainingEvent) -> Void

  /// Calls `body` for each event.
  public init(_ body: @escaping (TrainingEvent) -> Void) { self.body = body }

  /// Passes the event on.
  public func receive(_ event: TrainingEvent) { body(event) }
}

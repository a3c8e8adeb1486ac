internal import Dispatch
internal import Foundation
internal import Synchronization

/// A request to stop at the next safe point, from a signal or from the program.
///
/// The first SIGINT or SIGTERM asks the training to finish its step, save and return; the second ends the process in
/// the usual way.
public final class StopSignal: Sendable {
  private let requested = Atomic<Bool>(false)

  /// Creates a signal that nobody has raised.
  public init() {}

  /// Whether a stop was asked for.
  public var isRequested: Bool { requested.load(ordering: .acquiring) }

  /// Asks for a stop; may be called from any thread.
  public func request() { requested.store(true, ordering: .releasing) }

  /// Requests a stop when the process receives one of `signals`, SIGINT and SIGTERM if nil.
  ///
  /// Keep the returned value for as long as the signals shall be caught.
  public func install(for signals: [Int32]? = nil) -> Installation {
    Installation(signals: signals ?? [SIGINT, SIGTERM]) { [self] in request() }
  }

  /// The catching of signals; it ends with the life of this value.
  public final class Installation {
    private let sources: [any DispatchSourceSignal]
    private let signals: [Int32]

    init(signals: [Int32], handler: @escaping @Sendable () -> Void) {
      self.signals = signals
      sources = signals.map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
        source.setEventHandler {
          handler()
          signal(number, SIG_DFL)
        }
        source.activate()
        return source
      }
    }

    /// Restores what the signals did before.
    public func cancel() {
      for source in sources { source.cancel() }
      for number in signals { signal(number, SIG_DFL) }
    }

    deinit { cancel() }
  }
}

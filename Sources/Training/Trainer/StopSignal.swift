internal import Foundation
internal import Synchronization

/// A request to stop at the next safe point, from a signal or from the program.
///
/// The first SIGINT or SIGTERM asks the training to finish its step, save and return; the second ends the process in
/// the usual way.
public final class StopSignal: Sendable {
  private let requested = Atomic<Bool>(false)
  /// The signals received before the installation; -1 while signals are not caught.
  private let baseline = Atomic<Int>(-1)

  /// Creates a signal that nobody has raised.
  public init() {}

  /// Whether a stop was asked for.
  public var isRequested: Bool {
    if requested.load(ordering: .acquiring) { return true }
    let baseline = baseline.load(ordering: .acquiring)
    return baseline >= 0 && SignalCounter.received.load(ordering: .acquiring) > baseline
  }

  /// Asks for a stop; may be called from any thread.
  public func request() { requested.store(true, ordering: .releasing) }

  /// Requests a stop when the process receives one of `signals`, SIGINT and SIGTERM if nil.
  ///
  /// Keep the returned value for as long as the signals shall be caught, and call this on the thread that trains: pooled
  /// threads block all signals, so they are let through on this one.
  public func install(for signals: [Int32]? = nil) -> Installation {
    // Reading the counter also makes sure that it exists before the handler can run.
    baseline.store(SignalCounter.received.load(ordering: .acquiring), ordering: .releasing)
    return Installation(self, signals: signals ?? [SIGINT, SIGTERM])
  }

  private func endInstallation() {
    if isRequested { request() }
    baseline.store(-1, ordering: .releasing)
  }

  /// The catching of signals; it ends with the life of this value.
  public final class Installation {
    private let stop: StopSignal
    private var signals: [Int32]

    init(_ stop: StopSignal, signals: [Int32]) {
      self.stop = stop
      self.signals = signals
      for number in signals {
        signal(number) { number in
          // Only what is safe in a handler: an atomic addition, and the usual reaction to the next signal.
          SignalCounter.received.add(1, ordering: .releasing)
          signal(number, SIG_DFL)
        }
      }
      var mask = sigset_t()
      sigemptyset(&mask)
      for number in signals { sigaddset(&mask, number) }
      pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    }

    /// Restores the usual reaction to the signals.
    public func cancel() {
      guard !signals.isEmpty else { return }
      for number in signals { signal(number, SIG_DFL) }
      signals = []
      stop.endInstallation()
    }

    deinit { cancel() }
  }
}

/// The signals that the process has caught.
private enum SignalCounter {
  static let received = Atomic<Int>(0)
}

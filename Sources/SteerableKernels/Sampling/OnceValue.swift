import Synchronization

/// A thread-safe place for a value that is built on first use.
final class OnceValue<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)

  /// The value, built by the first caller while others wait.
  func value(build: () -> Value) -> Value {
    stored.withLock { stored in
      if let stored { return stored }
      let value = build()
      stored = value
      return value
    }
  }
}

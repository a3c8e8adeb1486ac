internal import Synchronization

/// A process-wide table of values that are computed once per key and shared between threads.
final class Cache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let table = Mutex<[Key: Value]>([:])

  /// The value for a key; `make` runs outside the lock, and the first result stored wins.
  func value<E: Error>(for key: Key, make: () throws(E) -> Value) throws(E) -> Value {
    if let value = table.withLock({ $0[key] }) { return value }
    let made = try make()
    return table.withLock { table in
      if let value = table[key] { return value }
      table[key] = made
      return made
    }
  }
}

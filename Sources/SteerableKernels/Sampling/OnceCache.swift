import Synchronization

/// A thread-safe store that builds the value of each key once; builds for different keys run side by side.
final class OnceCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let slots = Mutex<[Key: OnceValue<Value>]>([:])

  /// The stored value of `key`, built on first use.
  func value(for key: Key, build: () -> Value) -> Value {
    let slot = slots.withLock { slots in
      if let slot = slots[key] { return slot }
      let slot = OnceValue<Value>()
      slots[key] = slot
      return slot
    }
    return slot.value(build: build)
  }

  /// The number of keys in store.
  var count: Int { slots.withLock { $0.count } }

  func removeAll() {
    slots.withLock { $0.removeAll() }
  }
}

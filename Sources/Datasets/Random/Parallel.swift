import Dispatch

/// Loops that run on all cores; the result must not depend on the order of the steps.
enum Parallel {
  /// Calls `body` with consecutive ranges that together are 0..<count.
  static func forEachRange(_ count: Int, grain: Int = 64, _ body: @Sendable (Range<Int>) -> Void) {
    let parts = (count + grain - 1) / grain
    if parts <= 1 {
      if count > 0 { body(0..<count) }
      return
    }
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      body(part * grain..<min((part + 1) * grain, count))
    }
  }

  /// Returns an array of `count` equal blocks, each filled by `body` from its index.
  static func floats(
    blocks count: Int, of size: Int, grain: Int = 64,
    _ body: @Sendable (Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) -> [Float] {
    [Float](unsafeUninitializedCapacity: count * size) { buffer, filled in
      buffer.initialize(repeating: 0)
      let shared = SharedBuffer(buffer)
      forEachRange(count, grain: grain) { range in
        for index in range { body(index, shared.block(index, of: size)) }
      }
      filled = count * size
    }
  }
}

/// A buffer whose disjoint parts are written by several threads.
struct SharedBuffer: @unchecked Sendable {
  private let buffer: UnsafeMutableBufferPointer<Float>

  init(_ buffer: UnsafeMutableBufferPointer<Float>) { self.buffer = buffer }

  func block(_ index: Int, of size: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: buffer[(index * size)..<((index + 1) * size)])
  }
}

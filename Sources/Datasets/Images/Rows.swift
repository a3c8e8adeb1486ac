extension [Float] {
  /// The rows of `size` values with the given numbers, one after the other; `name` is that of the data set, for messages.
  ///
  /// **Traps**: unless all numbers are below that of the rows.
  func rows(_ indices: [Int], of size: Int, in name: String) -> [Float] {
    let count = count / size
    return [Float](unsafeUninitializedCapacity: indices.count * size) { output, filled in
      withUnsafeBufferPointer { input in
        for (target, index) in indices.enumerated() {
          precondition((0..<count).contains(index), "\(name): there is no image \(index) among \(count)")
          (output.baseAddress! + target * size).initialize(from: input.baseAddress! + index * size, count: size)
        }
      }
      filled = indices.count * size
    }
  }
}

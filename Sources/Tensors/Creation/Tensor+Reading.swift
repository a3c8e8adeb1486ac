internal import CTorchShim

extension Tensor {
  /// The number in a tensor of one element.
  ///
  /// **Traps**: when there are more or fewer elements.
  public func item() -> Double { trapping(try checked.item()) }

  /// The integer in a tensor of one element.
  ///
  /// **Traps**: when there are more or fewer elements.
  public func integer() -> Int {
    trapping(try checked.integer())
  }

  /// All elements in row-major order, converted to a Swift type.
  ///
  /// **Complexity**: one copy; a conversion first where the element type differs.
  public func scalars<Element: TensorElement>(as type: Element.Type = Element.self) -> [Element] {
    trapping(try checked.scalars(as: type))
  }

  /// Calls `body` with all elements in row-major order; the bytes are those of `dtype`.
  public func withContiguousBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let dense = (device == .cpu ? self : to(.cpu)).contiguous()
    var error = TSError()
    guard let start = ts_data(dense.pointer, &error) else { Torch.fail(TorchError(&error, "bytes", [self])) }
    defer { withExtendedLifetime(dense) {} }
    return try body(UnsafeRawBufferPointer(start: start, count: dense.count * ts_element_size(dense.pointer)))
  }

  /// Whether every element is a finite number.
  public var isAllFinite: Bool { isFinite().all().item() != 0 }
}

extension CheckedTensor {
  /// The number in a tensor of one element.
  public func item() throws(TorchError) -> Double {
    var value = 0.0
    try perform("item", tensor) { ts_item($0, &value, $1) }
    return value
  }

  /// The integer in a tensor of one element.
  public func integer() throws(TorchError) -> Int {
    var value: Int64 = 0
    try perform("integer", tensor) { ts_item_integer($0, &value, $1) }
    return Int(value)
  }

  /// All elements in row-major order, converted to a Swift type.
  public func scalars<Element: TensorElement>(as type: Element.Type = Element.self) throws(TorchError) -> [Element] {
    let count = tensor.count
    var error = TSError()
    var succeeded = true
    let result = withExtendedLifetime(tensor.handle) {
      [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
        let byteCount = count * MemoryLayout<Element>.stride
        succeeded = ts_read(tensor.pointer, Element.dtype.code, buffer.baseAddress, byteCount, &error)
        initialized = succeeded ? count : 0
      }
    }
    guard succeeded else { throw TorchError(&error, "scalars", [tensor]) }
    return result
  }
}

internal import CTorchShim

extension Tensor {
  /// The same numbers as another element type; this tensor itself where it has that type.
  public func to(_ dtype: DType) -> Tensor { trapping(try checked.to(dtype)) }

  /// The same numbers on another device; this tensor itself where it is there.
  public func to(_ device: Device) -> Tensor { trapping(try checked.to(device)) }

  /// The same numbers in row-major order without gaps; this tensor itself where it is so.
  public func contiguous() -> Tensor { toMemoryFormat(.contiguous) }

  /// The same numbers in another order in memory; this tensor itself where it has that order.
  ///
  /// **Shapes**: `.channelsLast` needs `[N, C, H, W]`.
  public func toMemoryFormat(_ format: MemoryFormat) -> Tensor { trapping(try checked.toMemoryFormat(format)) }

  /// A copy with its own memory.
  public func clone() -> Tensor { trapping(try checked.clone()) }

  /// The same memory, without its history of operations.
  public func detach() -> Tensor { trapping(try checked.detach()) }
}

extension CheckedTensor {
  /// The same numbers as another element type.
  public func to(_ dtype: DType) throws(TorchError) -> Tensor {
    if tensor.dtype == dtype { return tensor }
    return try produce("to", tensor) { ts_to_dtype($0, dtype.code, $1) }
  }

  /// The same numbers on another device.
  public func to(_ device: Device) throws(TorchError) -> Tensor {
    if tensor.device == device { return tensor }
    return try produce("to", tensor) { ts_to_device($0, device.native, $1) }
  }

  /// The same numbers in another order in memory.
  public func toMemoryFormat(_ format: MemoryFormat) throws(TorchError) -> Tensor {
    if format == .preserve { return tensor }
    return try produce("toMemoryFormat", tensor) { ts_contiguous($0, format.native, $1) }
  }

  /// The same numbers in row-major order without gaps.
  public func contiguous() throws(TorchError) -> Tensor { try toMemoryFormat(.contiguous) }

  /// A copy with its own memory.
  public func clone() throws(TorchError) -> Tensor { try produce("clone", tensor) { ts_clone($0, $1) } }

  /// The same memory, without its history of operations.
  public func detach() throws(TorchError) -> Tensor { try produce("detach", tensor) { ts_detach($0, $1) } }
}

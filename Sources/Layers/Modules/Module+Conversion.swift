public import Tensors

extension Module {
  /// Converts all floating-point parameters and buffers; integers stay as they are.
  ///
  /// **Traps**: when `dtype` is not a floating-point type.
  public final func to(_ dtype: DType) {
    guard dtype.isFloatingPoint else {
      Torch.fail(op: "\(type(of: self)).to", "a module's parameters need a floating-point type, got \(dtype)")
    }
    // What has the type already stays, with its gradient and its version.
    for named in parameters where named.parameter.value.dtype.isFloatingPoint && named.parameter.value.dtype != dtype {
      named.parameter.replace(with: named.parameter.value.detach().to(dtype))
    }
    for named in buffers where named.buffer.value.dtype.isFloatingPoint && named.buffer.value.dtype != dtype {
      named.buffer.replace(with: named.buffer.value.to(dtype))
    }
  }

  /// Moves all parameters and buffers to a device.
  public final func to(_ device: Device) {
    for named in parameters where named.parameter.value.device != device {
      named.parameter.replace(with: named.parameter.value.detach().to(device))
    }
    for named in buffers where named.buffer.value.device != device {
      named.buffer.replace(with: named.buffer.value.to(device))
    }
  }

  /// Lays out all four-dimensional parameters in a memory format; values and shapes stay the same.
  public final func to(_ format: MemoryFormat) {
    for named in parameters
    where named.parameter.value.rank == 4 && !named.parameter.value.isContiguous(format) {
      named.parameter.replace(with: named.parameter.value.detach().toMemoryFormat(format))
    }
  }
}

internal import CTorchShim

extension TSOptions {
  init(_ dtype: DType, _ device: Device) {
    self.init(dtype: dtype.code, device: device.native)
  }
}

extension TSScalar {
  @inline(__always)
  init(_ value: Double) { self.init(kind: .double, number: value, integer: 0) }
  @inline(__always)
  init(_ value: Int) { self.init(kind: .int, number: 0, integer: Int64(value)) }
}

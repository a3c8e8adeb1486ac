internal import CTorchShim

// The factories of `Tensor`, for sizes that may not fit into memory and devices that may be absent.
extension CheckedTensor {
  /// Zeros.
  public static func zeros(
    _ shape: Shape, dtype: DType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try filled("zeros", shape, TSScalar(0), dtype, device)
  }

  /// Ones.
  public static func ones(
    _ shape: Shape, dtype: DType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try filled("ones", shape, TSScalar(1), dtype, device)
  }

  /// One number everywhere.
  public static func full(
    _ shape: Shape, _ value: Double, dtype: DType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try filled("full", shape, TSScalar(value), dtype, device)
  }

  /// The integers from `start` up to `end`, without it, in steps.
  public static func arange(
    _ start: Int = 0, _ end: Int, step: Int = 1, dtype: DType = .int64, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try arange(TSScalar(start), TSScalar(end), TSScalar(step), dtype, device)
  }

  /// The numbers from `start` up to `end`, without it, in steps.
  public static func arange(
    _ start: Double, _ end: Double, step: Double = 1, dtype: DType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try arange(TSScalar(start), TSScalar(end), TSScalar(step), dtype, device)
  }

  /// `count` numbers in equal steps from `start` to `end`, both included.
  public static func linspace(
    _ start: Double, _ end: Double, count: Int, dtype: DType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try produce("linspace") { ts_linspace(start, end, count, TSOptions(dtype, device), $0) }
  }

  /// Ones on the diagonal, zeros elsewhere.
  public static func eye(
    _ rows: Int, _ columns: Int? = nil, dtype: DType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try produce("eye") { ts_eye(rows, columns ?? rows, TSOptions(dtype, device), $0) }
  }

  private static func filled(
    _ operation: StaticString, _ shape: Shape, _ value: TSScalar, _ dtype: DType, _ device: Device
  ) throws(TorchError) -> Tensor {
    try produce(operation) { ts_full(shape.dimensions, shape.rank, value, TSOptions(dtype, device), $0) }
  }

  private static func arange(
    _ start: TSScalar, _ end: TSScalar, _ step: TSScalar, _ dtype: DType, _ device: Device
  ) throws(TorchError) -> Tensor {
    try produce("arange") { ts_arange(start, end, step, TSOptions(dtype, device), $0) }
  }
}

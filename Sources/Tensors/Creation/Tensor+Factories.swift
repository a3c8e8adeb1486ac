extension Tensor {
  /// Zeros.
  ///
  /// **Traps**: on negative sizes, and when there is no memory left.
  public static func zeros(
    _ shape: Shape, dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    trapping(try CheckedTensor.zeros(shape, dtype: dtype, device: device))
  }

  /// Ones.
  ///
  /// **Traps**: on negative sizes, and when there is no memory left.
  public static func ones(
    _ shape: Shape, dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    trapping(try CheckedTensor.ones(shape, dtype: dtype, device: device))
  }

  /// One number everywhere.
  ///
  /// **Traps**: on negative sizes, and when there is no memory left.
  public static func full(
    _ shape: Shape, _ value: Double, dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    trapping(try CheckedTensor.full(shape, value, dtype: dtype, device: device))
  }

  /// The integers from `start` up to `end`, without it, in steps.
  ///
  /// **Traps**: when no number of steps of this sign leads from `start` to `end`.
  public static func arange(
    _ start: Int = 0, _ end: Int, step: Int = 1, dtype: DType = .int64, device: Device = .cpu
  ) -> Tensor {
    trapping(try CheckedTensor.arange(start, end, step: step, dtype: dtype, device: device))
  }

  /// The numbers from `start` up to `end`, without it, in steps.
  ///
  /// **Traps**: when no number of steps of this sign leads from `start` to `end`.
  public static func arange(
    _ start: Double, _ end: Double, step: Double = 1, dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    trapping(try CheckedTensor.arange(start, end, step: step, dtype: dtype, device: device))
  }

  /// `count` numbers in equal steps from `start` to `end`, both included.
  ///
  /// **Traps**: on negative sizes, and when there is no memory left.
  public static func linspace(
    _ start: Double, _ end: Double, count: Int, dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    trapping(try CheckedTensor.linspace(start, end, count: count, dtype: dtype, device: device))
  }

  /// Ones on the diagonal, zeros elsewhere.
  ///
  /// **Traps**: on negative sizes, and when there is no memory left.
  public static func eye(
    _ rows: Int, _ columns: Int? = nil, dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    trapping(try CheckedTensor.eye(rows, columns, dtype: dtype, device: device))
  }

  /// Zeros with the shape, the element type and the device of `other`.
  public static func zeros(like other: Tensor) -> Tensor {
    zeros(other.shape, dtype: other.dtype, device: other.device)
  }

  /// Ones with the shape, the element type and the device of `other`.
  public static func ones(like other: Tensor) -> Tensor {
    ones(other.shape, dtype: other.dtype, device: other.device)
  }
}

internal import CTorchShim

extension Tensor {
  /// A tensor of no dimensions that holds one number.
  public init(_ scalar: Double, dtype: DType = .float32, device: Device = .cpu) {
    self = .full([], scalar, dtype: dtype, device: device)
  }

  /// A tensor that holds a copy of numbers in row-major order; one dimension where no shape is given.
  ///
  /// **Traps**: when the shape does not have as many elements as there are numbers.
  public init<Element: TensorElement>(
    _ values: [Element], shape: Shape? = nil, dtype: DType? = nil, device: Device = .cpu
  ) {
    self = trapping(try Tensor.checked(values, shape: shape, dtype: dtype, device: device))
  }

  /// A tensor of two dimensions that holds a copy of rows of numbers.
  ///
  /// **Traps**: when the rows differ in length.
  public init<Element: TensorElement>(_ rows: [[Element]], dtype: DType? = nil, device: Device = .cpu) {
    let columns = rows.first?.count ?? 0
    for row in rows where row.count != columns {
      Torch.fail(operation: "Tensor", operands: [], message: "rows of \(columns) and of \(row.count) numbers")
    }
    self.init(rows.flatMap { $0 }, shape: [rows.count, columns], dtype: dtype, device: device)
  }

  /// A tensor that holds a copy of bytes, row-major and in the machine's byte order.
  ///
  /// **Traps**: when the shape does not need as many bytes as there are.
  public init(bytes: UnsafeRawBufferPointer, shape: Shape, dtype: DType, device: Device = .cpu) {
    self = trapping(try Tensor.checked(bytes: bytes, shape: shape, dtype: dtype, device: device))
  }

  /// A tensor from numbers as `init(_:shape:dtype:device:)`, throwing where that traps.
  public static func checked<Element: TensorElement>(
    _ values: [Element], shape: Shape? = nil, dtype: DType? = nil, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    let shape = shape ?? [values.count]
    let options = TSOptions(Element.dtype, .cpu)
    let tensor = try produce("Tensor") { error in
      values.withUnsafeBytes {
        ts_from_bytes($0.baseAddress, $0.count, shape.dimensions, shape.rank, options, error)
      }
    }
    return try tensor.checked.to(dtype ?? Element.dtype).checked.to(device)
  }

  /// A tensor from bytes as `init(bytes:shape:dtype:device:)`, throwing where that traps.
  public static func checked(
    bytes: UnsafeRawBufferPointer, shape: Shape, dtype: DType, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try produce("Tensor") {
      ts_from_bytes(bytes.baseAddress, bytes.count, shape.dimensions, shape.rank, TSOptions(dtype, device), $0)
    }
  }
}

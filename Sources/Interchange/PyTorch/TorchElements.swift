/// The element types of PyTorch's tensors by the names of their types and of their storages.
enum TorchElements {
  /// `torch.uint16` and so on, which stand beside an untyped storage.
  static let types: [PickleGlobal: ElementType] = named([
    ("float64", .float64), ("float32", .float32), ("float16", .float16), ("bfloat16", .bfloat16), ("int64", .int64),
    ("int32", .int32), ("int16", .int16), ("int8", .int8), ("uint64", .uint64), ("uint32", .uint32),
    ("uint16", .uint16), ("uint8", .uint8), ("bool", .bool), ("complex64", .complex64), ("complex128", .complex128),
  ])

  /// `torch.FloatStorage` and so on; nil for a storage of bytes without a type.
  static let storages: [PickleGlobal: ElementType?] = {
    var storages = named([
      ("DoubleStorage", .float64), ("FloatStorage", .float32), ("HalfStorage", .float16),
      ("BFloat16Storage", .bfloat16),
      ("LongStorage", .int64), ("IntStorage", .int32), ("ShortStorage", .int16), ("CharStorage", .int8),
      ("ByteStorage", .uint8), ("BoolStorage", .bool), ("ComplexFloatStorage", .complex64),
      ("ComplexDoubleStorage", .complex128),
    ]).mapValues { Optional($0) }
    storages.updateValue(nil, forKey: PickleGlobal("torch.storage.UntypedStorage"))
    return storages
  }()

  private static func named(_ list: [(String, ElementType)]) -> [PickleGlobal: ElementType] {
    Dictionary(uniqueKeysWithValues: list.map { (PickleGlobal(module: "torch", name: $0.0), $0.1) })
  }
}

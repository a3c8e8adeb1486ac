/// Makes arrays of the tensors in a pickle of PyTorch's.
///
/// Each call that stands for a tensor names a storage, where the tensor begins in it, its shape and its strides.
final class TorchTensors {
  private let archive: any TorchArchive
  private let pickle: Pickle
  private var storages: [String: [UInt8]] = [:]
  private var made = 0

  init(_ archive: any TorchArchive) {
    self.archive = archive
    pickle = archive.pickle
  }

  /// Whether a value is a tensor or parameter.
  func isTensor(_ value: PickleValue) -> Bool {
    guard case .call(let name, _, _)? = pickle.object(value) else { return false }
    return name.module == "torch._utils" || name.module == "torch._tensor"
  }

  /// The array of a tensor or parameter; `what` names it in errors.
  func array(_ value: PickleValue, _ what: String) throws(InterchangeError) -> HostArray {
    guard case .call(let name, let arguments, _)? = pickle.object(value) else {
      throw pickle.failure(what, "is \(pickle.kind(value))", expected: "a tensor")
    }
    return try array(name.name, arguments, what, depth: 0)
  }

  private func array(
    _ function: String, _ arguments: [PickleValue], _ what: String, depth: Int
  ) throws(InterchangeError) -> HostArray {
    switch function {
    case "_rebuild_parameter" where !arguments.isEmpty, "_rebuild_parameter_with_state" where !arguments.isEmpty:
      // A parameter holds a tensor; anything deeper is no work of PyTorch's.
      guard depth < 4, case .call(let inner, let values, _)? = pickle.object(arguments[0]) else {
        throw pickle.failure(what, "is a parameter without a tensor")
      }
      return try array(inner.name, values, what, depth: depth + 1)
    case "_rebuild_from_type_v2" where arguments.count >= 3:
      guard depth < 4, case .global(let inner)? = pickle.object(arguments[0]) else {
        throw pickle.failure(what, "is made by an unknown function")
      }
      return try array(inner.name, try pickle.elements(arguments[2], what), what, depth: depth + 1)
    case "_rebuild_tensor" where arguments.count >= 4, "_rebuild_tensor_v2" where arguments.count >= 4:
      return try strided(arguments, element: nil, what)
    case "_rebuild_tensor_v3" where arguments.count >= 7:
      guard case .global(let type)? = pickle.object(arguments[6]), let element = TorchElements.types[type] else {
        throw pickle.failure(what, "has an unknown element type", kind: .unsupported)
      }
      return try strided(arguments, element: element, what)
    default:
      throw pickle.failure(what, "is a call of \(function) with \(arguments.count) arguments", expected: "a tensor")
    }
  }

  private func strided(
    _ arguments: [PickleValue], element: ElementType?, _ what: String
  ) throws(InterchangeError) -> HostArray {
    guard case .persistent(let identification)? = pickle.object(arguments[0]) else {
      throw pickle.failure(what, "has no storage")
    }
    let storage = try TorchStorage(identification, in: pickle)
    guard let element = element ?? storage.element else { throw pickle.failure(what, "has no element type") }
    let offset = try pickle.integer(arguments[1], "the offset of \(what)")
    let shape = try pickle.integers(size(arguments[2]), "the shape of \(what)")
    let strides = try pickle.integers(arguments[3], "the strides of \(what)")
    let available = storage.count / (element.size / storage.unit == 0 ? 1 : element.size / storage.unit)
    guard shape.count == strides.count, shape.count <= 64, shape.allSatisfy({ $0 >= 0 }),
      strides.allSatisfy({ $0 >= 0 }), offset >= 0
    else {
      throw pickle.failure(what, "has shape \(shape), strides \(strides) and offset \(offset)")
    }
    guard let count = NumPy.byteCount(of: shape, size: element.size) else {
      throw pickle.failure(what, "has the shape \(shape)", expected: "fewer than 2^63 elements")
    }
    // The last element lies at the offset and, along each axis, length - 1 strides.
    var last = offset
    var isOutside = count > 0 && offset >= available
    if count > 0 {
      for (length, stride) in zip(shape, strides) {
        let (product, overflow) = (length - 1).multipliedReportingOverflow(by: stride)
        let (sum, carry) = last.addingReportingOverflow(product)
        isOutside = isOutside || overflow || carry || sum >= available
        if isOutside { break }
        last = sum
      }
    }
    guard !isOutside else {
      throw pickle.failure(
        what, "reaches beyond its storage: shape \(shape), strides \(strides), offset \(offset)",
        expected: "at most \(available) elements")
    }
    let budget = PyTorchFile.budget(archive.byteCount)
    guard count <= budget - made else {
      throw pickle.failure(
        what, "takes \(count) bytes, the tensors before it \(made)", expected: "at most \(budget) for this file",
        kind: .unsupported)
    }
    made += count
    let bytes = try contents(of: storage)
    let begin = storage.start * storage.unit + offset * element.size
    let result = Self.gather(bytes, from: begin, shape: shape, strides: strides, size: element.size, count: count)
    if element == .bool, let bad = result.first(where: { $0 > 1 }) {
      throw pickle.failure(what, "holds \(bad) among truth values", expected: "0 or 1")
    }
    return HostArray(element, shape: shape, bytes: result)
  }

  /// A `torch.Size` is a call with a tuple.
  private func size(_ value: PickleValue) -> PickleValue {
    guard case .call(let name, let arguments, _)? = pickle.object(value), name.name == "Size",
      let first = arguments.first
    else { return value }
    return first
  }

  /// The bytes of a storage, read once for all tensors that share it.
  private func contents(of storage: TorchStorage) throws(InterchangeError) -> [UInt8] {
    let bytes: [UInt8]
    if let known = storages[storage.key] {
      bytes = known
    } else {
      bytes = try archive.bytes(of: storage)
      storages[storage.key] = bytes
    }
    let (end, overflow) = (storage.start + storage.count).multipliedReportingOverflow(by: storage.unit)
    guard !overflow, end <= bytes.count else {
      throw pickle.failure(
        "the storage \"\(storage.key)\"", "has \(bytes.count) bytes",
        expected: "\(storage.start + storage.count) elements")
    }
    return bytes
  }

  /// Copies strided elements into row-major order; the caller has checked the bounds.
  private static func gather(
    _ bytes: [UInt8], from begin: Int, shape: [Int], strides: [Int], size: Int, count: Int
  ) -> [UInt8] {
    if count == 0 { return [] }
    var expected = 1
    var isContiguous = true
    for (length, stride) in zip(shape, strides).reversed() where length > 1 {
      isContiguous = isContiguous && stride == expected
      expected *= length
    }
    if isContiguous { return Array(bytes[begin..<(begin + count)]) }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var index = [Int](repeating: 0, count: shape.count)
    var source = begin
    while true {
      result += bytes[source..<(source + size)]
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        source += strides[axis] * size
        if index[axis] < shape[axis] { break }
        source -= strides[axis] * size * shape[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return result }
    }
  }
}

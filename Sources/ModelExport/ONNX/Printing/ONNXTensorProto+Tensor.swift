internal import Foundation
internal import Tensors

extension ONNXTensorProto {
  /// The tensor in the file, or nil where ONNX lacks its type.
  init?(_ tensor: Tensor, named name: String) {
    guard let type = DataType(tensor.dtype) else { return nil }
    self.init()
    self.name = name
    dims = tensor.shape.map(Int64.init)
    dataType = Int32(type.rawValue)
    // Tensors lie in memory in the machine's order, which is little-endian on all supported ones.
    rawData = tensor.detach().withContiguousBytes { Data($0) }
  }
}

extension ONNXTensorProto.DataType {
  /// ONNX's code of a tensor's type.
  init?(_ dtype: DType) {
    switch dtype {
    case .float64: self = .double
    case .float32: self = .float
    case .float16: self = .float16
    case .bfloat16: self = .bfloat16
    case .int64: self = .int64
    case .int32: self = .int32
    case .int16: self = .int16
    case .int8: self = .int8
    case .uint8: self = .uint8
    case .bool: self = .bool
    case .complex64, .complex128, .other: return nil
    }
  }
}

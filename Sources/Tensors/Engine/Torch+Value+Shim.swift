internal import CTorchShim

extension Torch.Value {
  /// How many 8-byte words the value needs beside its `TSValue`.
  var wordCount: Int {
    switch self {
    case .intList(let list): list.count
    case .doubleList(let list): list.count
    case .boolList(let list): list.count
    case .tensorList(let list): list.count
    case .optionalTensorList(let list): list.count
    case .string(let text): (text.utf8.count + 7) / 8
    case .complex: 2
    default: 0
    }
  }

  /// The value as the shim reads it; lists go to `words`, which advances.
  func native(_ words: inout UnsafeMutablePointer<UInt64>) -> TSValue {
    func list(_ kind: TSValueKind, _ elements: some Collection<UInt64>, count: Int? = nil) -> TSValue {
      let start = words
      for element in elements {
        words.initialize(to: element)
        words += 1
      }
      return TSValue(kind: kind, count: count ?? elements.count, payload: UInt64(UInt(bitPattern: start)))
    }
    func bits(_ pointer: OpaquePointer?) -> UInt64 { UInt64(UInt(bitPattern: pointer)) }
    func integer(_ value: Int) -> TSValue { TSValue(kind: .int, count: 0, payload: UInt64(bitPattern: Int64(value))) }

    switch self {
    case .none: return TSValue(kind: .none, count: 0, payload: 0)
    case .tensor(let tensor): return TSValue(kind: .tensor, count: 0, payload: bits(tensor.pointer))
    case .double(let value): return TSValue(kind: .double, count: 0, payload: value.bitPattern)
    case .int(let value): return integer(value)
    case .bool(let value): return TSValue(kind: .bool, count: 0, payload: value ? 1 : 0)
    case .complex(let real, let imaginary): return list(.complex, [real.bitPattern, imaginary.bitPattern])
    case .intList(let values): return list(.intList, values.lazy.map { UInt64(bitPattern: Int64($0)) })
    case .doubleList(let values): return list(.doubleList, values.lazy.map(\.bitPattern))
    case .boolList(let values): return list(.boolList, values.lazy.map { $0 ? 1 : 0 })
    case .tensorList(let values): return list(.tensorList, values.lazy.map { bits($0.pointer) })
    case .optionalTensorList(let values): return list(.tensorList, values.lazy.map { bits($0?.pointer) })
    case .string(let text):
      let start = words
      var text = text
      text.withUTF8 { utf8 in
        if let bytes = utf8.baseAddress {
          UnsafeMutableRawPointer(start).copyMemory(from: bytes, byteCount: utf8.count)
        }
      }
      words += wordCount
      return TSValue(kind: .string, count: text.utf8.count, payload: UInt64(UInt(bitPattern: start)))
    case .dtype(let dtype): return integer(Int(dtype.code))
    case .memoryFormat(let format): return integer(Int(format.native.rawValue))
    case .device(let device):
      let native = device.native
      let payload = UInt64(UInt8(bitPattern: native.type)) << 8 | UInt64(UInt8(bitPattern: native.index))
      return TSValue(kind: .device, count: 0, payload: payload)
    case .generator(let generator):
      return TSValue(kind: .generator, count: 0, payload: bits(generator.pointer))
    }
  }

  /// Takes over a result of the shim.
  init(owned value: TSValue) {
    func list<Element>(_ type: Element.Type) -> UnsafeBufferPointer<Element> {
      UnsafeBufferPointer(start: UnsafePointer(bitPattern: UInt(value.payload)), count: value.count)
    }
    switch value.kind {
    case .none: self = .none
    case .tensor:
      self = OpaquePointer(bitPattern: UInt(value.payload)).map { .tensor(Tensor(owned: $0)) } ?? .none
    case .double: self = .double(Double(bitPattern: value.payload))
    case .int: self = .int(Int(Int64(bitPattern: value.payload)))
    case .bool: self = .bool(value.payload != 0)
    case .intList: self = .intList(Array(list(Int.self)))
    case .doubleList: self = .doubleList(Array(list(Double.self)))
    case .boolList: self = .boolList(list(Int.self).map { $0 != 0 })
    case .tensorList:
      let tensors = list(OpaquePointer?.self).map { $0.map { Tensor(owned: $0) } }
      let present = tensors.compactMap { $0 }
      self = present.count == tensors.count ? .tensorList(present) : .optionalTensorList(tensors)
    case .string: self = .string(String(decoding: list(UInt8.self), as: UTF8.self))
    case .complex: self = .complex(real: list(Double.self)[0], imaginary: list(Double.self)[1])
    case .device:
      let type = Int8(truncatingIfNeeded: value.payload >> 8)
      self = .device(Device(TSDevice(type: type, index: Int8(truncatingIfNeeded: value.payload))))
    case .generator: self = .none
    }
  }
}

internal import Foundation
internal import SwiftProtobuf

/// A fixed option of a node.
enum ONNXAttribute {
  case integer(Int)
  case integers([Int])
  case number(Double)
  case text(String)

  /// The attribute in the file, under a name.
  func encoded(_ name: String) -> ONNXAttributeProto {
    ONNXAttributeProto.with {
      $0.name = name
      switch self {
      case .integer(let value):
        $0.type = .int
        $0.i = Int64(value)
      case .integers(let values):
        $0.type = .ints
        $0.ints = values.map(Int64.init)
      case .number(let value):
        $0.type = .float
        $0.f = Float(value)
      case .text(let value):
        $0.type = .string
        $0.s = Data(value.utf8)
      }
    }
  }
}

extension Torch {
  /// An argument or a result of an operator that is called by name.
  public enum Value {
    /// Nothing, for an optional argument.
    case none
    case tensor(Tensor)
    case double(Double)
    case int(Int)
    case bool(Bool)
    case complex(real: Double, imaginary: Double)
    case intList([Int])
    case doubleList([Double])
    case boolList([Bool])
    case tensorList([Tensor])
    /// Tensors of which some are absent, as in indexing.
    case optionalTensorList([Tensor?])
    case string(String)
    case dtype(DType)
    case device(Device)
    case memoryFormat(MemoryFormat)
    /// A generator that is drawn from; see `drawing(from:)`.
    case generator(Generator)

    /// A tensor, or nothing.
    public static func optional(_ tensor: Tensor?) -> Value { tensor.map(Value.tensor) ?? .none }

    /// An argument that draws from `rng`; the caller's generator advances, copies of it do not.
    public static func drawing(from rng: inout Generator) -> Value {
      rng.makeUnique()
      return .generator(rng)
    }

    /// The tensor, where the value is one.
    public var tensor: Tensor? { if case .tensor(let value) = self { value } else { nil } }
    /// The tensors, where the value is a list of them.
    public var tensors: [Tensor]? { if case .tensorList(let value) = self { value } else { nil } }
    /// The number, where the value is a double or an integer.
    public var double: Double? {
      switch self {
      case .double(let value): value
      case .int(let value): Double(value)
      default: nil
      }
    }
    /// The number, where the value is an integer.
    public var int: Int? { if case .int(let value) = self { value } else { nil } }
    /// The truth value, where the value is one.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The tensors in the value, for messages.
    var operands: [Tensor] {
      switch self {
      case .tensor(let tensor): [tensor]
      case .tensorList(let list): list
      case .optionalTensorList(let list): list.compactMap { $0 }
      default: []
      }
    }
  }
}

extension Torch.Value: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByStringLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral
{
  /// An integer.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// A double.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Nothing.
  public init(nilLiteral: ()) { self = .none }
  /// A list of integers.
  public init(arrayLiteral elements: Int...) { self = .intList(elements) }
}

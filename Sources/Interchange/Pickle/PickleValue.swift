/// A value in a pickle: a plain one, or the place of an object that holds values.
public enum PickleValue: Hashable, Sendable {
  /// Python's `None`.
  case none
  /// A truth value.
  case bool(Bool)
  /// An integer of at most 64 bits.
  case integer(Int)
  /// A larger integer: its two's complement, little-endian.
  case largeInteger([UInt8])
  /// A number.
  case float(Double)
  /// Text.
  case text(String)
  /// Bytes; also the strings of Python 2.
  case bytes([UInt8])
  /// A container, a class, or an object that a function makes.
  case object(PickleReference)
}

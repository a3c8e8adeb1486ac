/// Why an operation on tensors failed.
public enum TorchError: Error, Hashable, Sendable {
  /// Sizes or numbers of dimensions that do not fit.
  case shape(Details)
  /// A dimension or an element that does not exist.
  case index(Details)
  /// No memory left on the processor or the device.
  case outOfMemory(Details)
  /// A device that is absent, or operands on different ones.
  case device(Details)
  /// An operation that the engine does not have for these types or this device.
  case notImplemented(Details)
  /// Everything else.
  case other(Details)

  /// What was asked for and what the engine said to it.
  public struct Details: Hashable, Sendable {
    /// The operation as it is called here.
    public let operation: String
    /// The shapes of its operands.
    public let operands: [Shape]
    /// One line of text.
    public let message: String

    /// Makes the payload of an error.
    public init(operation: String, operands: [Shape], message: String) {
      self.operation = operation
      self.operands = operands
      self.message = message
    }
  }

  /// The payload of any case.
  public var details: Details {
    switch self {
    case .shape(let details), .index(let details), .outOfMemory(let details), .device(let details),
      .notImplemented(let details), .other(let details):
      details
    }
  }
}

extension Torch {
  /// Ends the process with a message.
  ///
  /// Every trap of the library comes through here.
  public static func fail(_ message: String) -> Never {
    fatalError(message, file: #fileID)
  }

  /// Ends the process with the operation, the shapes of its operands and the reason.
  public static func fail(operation: String, operands: [Shape], message: String) -> Never {
    fail(TorchError.Details(operation: operation, operands: operands, message: message).description)
  }

  /// Ends the process with an error's description.
  public static func fail(_ error: TorchError) -> Never {
    fail(error.description)
  }

  /// Ends the process with a message unless the condition holds; stays in release builds.
  @inline(__always)
  public static func require(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fail(message()) }
  }
}

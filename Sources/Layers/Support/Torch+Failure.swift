package import Tensors

extension Torch {
  /// Ends the process with a message that begins with the part that found the mistake.
  package static func fail(op: String, _ message: String) -> Never { fail("\(op): \(message)") }
}

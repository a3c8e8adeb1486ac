internal import CTorchShim

extension TorchError {
  /// Takes the message out of an error that the shim filled.
  @inline(never)
  init(_ error: inout TSError, _ operation: String, _ operands: [Tensor]) {
    let message = error.message.map { String(cString: $0) } ?? "no reason given"
    let details = Details(operation: operation, operands: operands.map(\.shape), message: message)
    switch error.kind {
    case .shape: self = .shape(details)
    case .index: self = .index(details)
    case .outOfMemory: self = .outOfMemory(details)
    case .device: self = .device(details)
    case .notImplemented: self = .notImplemented(details)
    case .none, .other: self = .other(details)
    }
    ts_error_free(&error)
  }
}

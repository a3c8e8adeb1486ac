// How Swift calls the shim. Every operation goes through one of these functions: they keep the operands alive for the
// length of the call and turn a failure into a `TorchError` with the operation and the shapes.

internal import CTorchShim

typealias ErrorPointer = UnsafeMutablePointer<TSError>

/// The value of a throwing operation; a failure ends the process with its message.
@inline(__always)
func trapping<Result>(_ body: @autoclosure () throws(TorchError) -> Result) -> Result {
  do throws(TorchError) {
    return try body()
  } catch {
    Torch.fail(error)
  }
}

/// A tensor made from nothing.
@inline(__always)
func produce(_ operation: StaticString, _ body: (ErrorPointer) -> TSTensor?) throws(TorchError) -> Tensor {
  Torch.start()
  var error = TSError()
  guard let result = body(&error) else { throw TorchError(&error, operation.description, []) }
  return Tensor(owned: result)
}

/// A tensor made from one tensor.
@inline(__always)
func produce(
  _ operation: StaticString, _ a: Tensor, _ body: (TSTensor, ErrorPointer) -> TSTensor?
) throws(TorchError) -> Tensor {
  var error = TSError()
  let result = withExtendedLifetime(a.handle) { body(a.pointer, &error) }
  guard let result else { throw TorchError(&error, operation.description, [a]) }
  return Tensor(owned: result)
}

/// A tensor made from two tensors.
@inline(__always)
func produce(
  _ operation: StaticString, _ a: Tensor, _ b: Tensor, _ body: (TSTensor, TSTensor, ErrorPointer) -> TSTensor?
) throws(TorchError) -> Tensor {
  var error = TSError()
  let result = withExtendedLifetime((a.handle, b.handle)) { body(a.pointer, b.pointer, &error) }
  guard let result else { throw TorchError(&error, operation.description, [a, b]) }
  return Tensor(owned: result)
}

/// A tensor made from three tensors, the last one optional.
@inline(__always)
func produce(
  _ operation: StaticString, _ a: Tensor, _ b: Tensor, _ c: Tensor?,
  _ body: (TSTensor, TSTensor, TSTensor?, ErrorPointer) -> TSTensor?
) throws(TorchError) -> Tensor {
  var error = TSError()
  let result = withExtendedLifetime((a.handle, b.handle, c?.handle)) { body(a.pointer, b.pointer, c?.pointer, &error) }
  guard let result else { throw TorchError(&error, operation.description, c.map { [a, b, $0] } ?? [a, b]) }
  return Tensor(owned: result)
}

/// A tensor made from a list of tensors.
@inline(__always)
func produce(
  _ operation: StaticString, _ list: [Tensor], _ body: (UnsafePointer<TSTensor?>, Int, ErrorPointer) -> TSTensor?
) throws(TorchError) -> Tensor {
  var error = TSError()
  let result = withExtendedLifetime(list) { body(list.map(\.pointer), list.count, &error) }
  guard let result else { throw TorchError(&error, operation.description, list) }
  return Tensor(owned: result)
}

/// A call that succeeds or fails and makes no tensor.
@inline(__always)
func perform(_ operation: StaticString, _ body: (ErrorPointer) -> Bool) throws(TorchError) {
  var error = TSError()
  guard body(&error) else { throw TorchError(&error, operation.description, []) }
}

/// A call on one tensor that succeeds or fails and makes no tensor.
@inline(__always)
func perform(
  _ operation: StaticString, _ a: Tensor, _ body: (TSTensor, ErrorPointer) -> Bool
) throws(TorchError) {
  var error = TSError()
  guard withExtendedLifetime(a.handle, { body(a.pointer, &error) }) else {
    throw TorchError(&error, operation.description, [a])
  }
}

/// A call on two tensors that succeeds or fails and makes no tensor.
@inline(__always)
func perform(
  _ operation: StaticString, _ a: Tensor, _ b: Tensor, _ body: (TSTensor, TSTensor, ErrorPointer) -> Bool
) throws(TorchError) {
  var error = TSError()
  guard withExtendedLifetime((a.handle, b.handle), { body(a.pointer, b.pointer, &error) }) else {
    throw TorchError(&error, operation.description, [a, b])
  }
}

/// A call on three tensors that succeeds or fails and makes no tensor.
@inline(__always)
func perform(
  _ operation: StaticString, _ a: Tensor, _ b: Tensor, _ c: Tensor,
  _ body: (TSTensor, TSTensor, TSTensor, ErrorPointer) -> Bool
) throws(TorchError) {
  var error = TSError()
  let succeeded = withExtendedLifetime((a.handle, b.handle, c.handle)) {
    body(a.pointer, b.pointer, c.pointer, &error)
  }
  guard succeeded else { throw TorchError(&error, operation.description, [a, b, c]) }
}

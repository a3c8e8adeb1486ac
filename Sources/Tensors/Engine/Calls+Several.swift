internal import CTorchShim

/// Several tensors made from one: the call writes `count` owned pointers.
@inline(__always)
func produceList(
  _ operation: StaticString, _ a: Tensor, count: Int,
  _ body: (TSTensor, UnsafeMutablePointer<TSTensor?>, ErrorPointer) -> Bool
) throws(TorchError) -> [Tensor] {
  var error = TSError()
  var pointers = [TSTensor?](repeating: nil, count: count)
  let succeeded = withExtendedLifetime(a.handle) { body(a.pointer, &pointers, &error) }
  // A call that fails half-way has already given some of its tensors away.
  let tensors = pointers.compactMap { $0.map(Tensor.init(owned:)) }
  guard succeeded else { throw TorchError(&error, operation.description, [a]) }
  return tensors
}

/// A tensor made from one tensor and two that may be absent.
@inline(__always)
func produce(
  _ operation: StaticString, _ a: Tensor, optionally b: Tensor?, _ c: Tensor?,
  _ body: (TSTensor, TSTensor?, TSTensor?, ErrorPointer) -> TSTensor?
) throws(TorchError) -> Tensor {
  var error = TSError()
  let result = withExtendedLifetime((a.handle, b?.handle, c?.handle)) {
    body(a.pointer, b?.pointer, c?.pointer, &error)
  }
  guard let result else { throw TorchError(&error, operation.description, [a, b, c].compactMap { $0 }) }
  return Tensor(owned: result)
}

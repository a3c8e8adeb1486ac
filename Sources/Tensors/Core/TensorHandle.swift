internal import CTorchShim

/// One retained tensor of the engine, released when the last Swift reference goes.
final class TensorHandle {
  let pointer: TSTensor

  /// Takes over a pointer that the shim returned.
  init(owned pointer: TSTensor) {
    self.pointer = pointer
  }

  deinit {
    ts_release(pointer)
  }
}

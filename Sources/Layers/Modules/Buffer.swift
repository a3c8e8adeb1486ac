public import Tensors

/// A tensor of a module that is not trained, such as a running mean.
///
/// **State**: saved under the key of the property that holds it when it is persistent.
public final class Buffer {
  private var storage: Tensor

  /// Whether the buffer belongs to the state dictionary.
  public let isPersistent: Bool

  /// A counter that grows with each change of the value.
  public private(set) var version = 0

  /// Creates a buffer with a copy of `value`.
  public init(_ value: Tensor, isPersistent: Bool = true) {
    storage = value.detach().clone()
    self.isPersistent = isPersistent
  }

  /// The current value; it shares memory with the buffer, so clone it to keep it.
  public var value: Tensor { storage }

  /// The shape of the value.
  public var shape: Shape { storage.shape }

  /// Copies a tensor of the same shape into the buffer, converting its type and device.
  ///
  /// **Traps**: when the shapes differ.
  public func assign(_ newValue: Tensor) {
    guard newValue.shape == storage.shape else {
      Torch.fail(op: "Buffer.assign", "expected shape \(storage.shape), got \(newValue.shape)")
    }
    mutate { $0.copyInPlace(from: newValue.detach()) }
  }

  /// Replaces the value by a function of it.
  ///
  /// **Traps**: when the function changes the shape.
  public func update(_ body: (Tensor) -> Tensor) {
    assign(withoutGradient { body(storage) })
  }

  /// Changes the value in place without recording gradients.
  package func mutate(_ body: (Tensor) -> Void) {
    withoutGradient { body(storage) }
    version += 1
  }

  /// Notes a change of the value that was made through its memory, by an operation such as batch normalization.
  package func noteChange() { version += 1 }

  /// Puts another tensor in place of the value.
  package func replace(with newValue: Tensor) {
    storage = newValue.detach()
    version += 1
  }
}

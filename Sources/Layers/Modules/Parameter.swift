public import Tensors

/// A trained tensor of a module: a cell whose value changes in place, by optimizers or when state is loaded.
///
/// **State**: saved under the key of the property that holds it.
public final class Parameter {
  private var storage: Tensor

  /// A counter that grows with each change of the value; values computed from it can be kept while it stays the same.
  public private(set) var version = 0

  /// Creates a parameter with a copy of `value`.
  ///
  /// **Traps**: when the value is not of a floating-point or complex type but requires a gradient.
  public convenience init(_ value: Tensor, requiresGradient: Bool = true) {
    self.init(owning: value.detach().clone(), requiresGradient: requiresGradient)
  }

  /// Creates a parameter that is the value itself, for tensors that nobody else has.
  package init(owning value: Tensor, requiresGradient: Bool = true) {
    guard !requiresGradient || value.dtype.isFloatingPoint || value.dtype.isComplex else {
      Torch.fail(op: "Parameter", "a \(value.dtype) tensor has no gradient; use a Buffer")
    }
    storage = value.detach()
    self.requiresGradient = requiresGradient
    if requiresGradient { storage.setRequiresGradient(true) }
  }

  /// The current value; it shares memory with the parameter, so clone it to keep it.
  public var value: Tensor { storage }

  /// The gradient that backward passes accumulated, if any.
  public var grad: Tensor? { storage.grad }

  /// Whether backward passes compute a gradient, and optimizers change the value.
  public var requiresGradient: Bool {
    didSet {
      guard requiresGradient != oldValue else { return }
      if !requiresGradient { storage.setGradient(nil) }
      storage.setRequiresGradient(requiresGradient)
    }
  }

  /// The shape of the value.
  public var shape: Shape { storage.shape }

  /// Copies a tensor of the same shape into the parameter, converting its type and device.
  ///
  /// **Traps**: when the shapes differ.
  public func assign(_ newValue: Tensor) {
    guard newValue.shape == storage.shape else {
      Torch.fail(op: "Parameter.assign", "expected shape \(storage.shape), got \(newValue.shape)")
    }
    mutate { $0.copyInPlace(from: newValue.detach()) }
  }

  /// Replaces the value by a function of it, for example `weight.update { $0 * 0.5 }`.
  ///
  /// **Traps**: when the function changes the shape.
  public func update(_ body: (Tensor) -> Tensor) {
    assign(withoutGradient { body(storage) })
  }

  /// Forgets the gradient.
  public func zeroGradient() { storage.setGradient(nil) }

  /// Sets the gradient, for optimizers and tests.
  package func setGradient(_ gradient: Tensor?) { storage.setGradient(gradient) }

  /// Changes the value in place without recording gradients.
  package func mutate(_ body: (Tensor) -> Void) {
    withoutGradient { body(storage) }
    version += 1
  }

  /// Notes a change of the value that was made through its memory, by a fused optimizer step.
  package func noteChange() { version += 1 }

  /// Puts another tensor in place of the value; the gradient is forgotten.
  package func replace(with newValue: Tensor) {
    storage = newValue.detach()
    if requiresGradient { storage.setRequiresGradient(true) }
    version += 1
  }
}

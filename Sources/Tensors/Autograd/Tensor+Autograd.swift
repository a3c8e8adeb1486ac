internal import CTorchShim

extension Tensor {
  /// Whether operations on this tensor are recorded for differentiation.
  public var requiresGradient: Bool { withExtendedLifetime(handle) { ts_requires_gradient(pointer) } }

  /// Whether this tensor was made by no recorded operation.
  public var isLeaf: Bool { withExtendedLifetime(handle) { ts_is_leaf(pointer) } }

  /// The gradient that `backward` left here, or nil.
  public var grad: Tensor? {
    var error = TSError()
    let gradient = withExtendedLifetime(handle) { ts_gradient(pointer, &error) }
    if error.message != nil { Torch.fail(TorchError(&error, "grad", [self])) }
    return gradient.map { Tensor(owned: $0) }
  }

  /// A leaf with the same numbers and memory that gradients are computed for.
  ///
  /// **Traps**: for types that have no gradients (integers, truth values).
  public func requiringGradient(_ required: Bool = true) -> Tensor {
    let leaf = detach()
    leaf.setRequiresGradient(required)
    return leaf
  }

  /// Computes the gradients of this tensor and adds them to `grad` of every leaf that it depends on.
  ///
  /// **Traps**: when the tensor has more than one element and no `seed` is given, or depends on no leaf.
  public func backward(seed: Tensor? = nil, retainingGraph: Bool = false, creatingGraph: Bool = false) {
    trapping(try checked.backward(seed: seed, retainingGraph: retainingGraph, creatingGraph: creatingGraph))
  }
}

extension CheckedTensor {
  /// Computes the gradients of this tensor and adds them to `grad` of every leaf that it depends on.
  public func backward(
    seed: Tensor? = nil, retainingGraph: Bool = false, creatingGraph: Bool = false
  ) throws(TorchError) {
    try withExtendedLifetime(seed) { () throws(TorchError) in
      try perform("backward", tensor) { ts_backward($0, seed?.pointer, retainingGraph, creatingGraph, $1) }
    }
  }
}

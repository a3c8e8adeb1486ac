internal import CTorchShim

/// The gradients of a tensor with respect to others, without a change to any `grad`.
///
/// With `creatingGraph` they can be differentiated again.
///
/// **Shapes**: each gradient has the shape of its input; `seed` has that of `output`.
///
/// **Traps**: when `output` has more than one element and no `seed` is given, or does not depend on one of the inputs;
/// `gradientsWhereUsed(of:with:)` tells which.
public func gradients(
  of output: Tensor, with inputs: [Tensor], seed: Tensor? = nil, retainingGraph: Bool = false,
  creatingGraph: Bool = false
) -> [Tensor] {
  trapping(
    try output.checked.gradients(
      with: inputs, seed: seed, retainingGraph: retainingGraph, creatingGraph: creatingGraph))
}

/// The gradients of a tensor with respect to others, nil for each on which it does not depend.
///
/// **Shapes**: each gradient has the shape of its input; `seed` has that of `output`.
///
/// **Traps**: when `output` has more than one element and no `seed` is given.
public func gradientsWhereUsed(
  of output: Tensor, with inputs: [Tensor], seed: Tensor? = nil, retainingGraph: Bool = false,
  creatingGraph: Bool = false
) -> [Tensor?] {
  trapping(
    try output.checked.gradientsWhereUsed(
      with: inputs, seed: seed, retainingGraph: retainingGraph, creatingGraph: creatingGraph))
}

extension CheckedTensor {
  /// The gradients of this tensor with respect to others, without a change to any `grad`.
  public func gradients(
    with inputs: [Tensor], seed: Tensor? = nil, retainingGraph: Bool = false, creatingGraph: Bool = false
  ) throws(TorchError) -> [Tensor] {
    try gradients("gradients", inputs, seed, retainingGraph, creatingGraph, allowingUnused: false).compactMap { $0 }
  }

  /// The gradients of this tensor with respect to others, nil for each on which it does not depend.
  public func gradientsWhereUsed(
    with inputs: [Tensor], seed: Tensor? = nil, retainingGraph: Bool = false, creatingGraph: Bool = false
  ) throws(TorchError) -> [Tensor?] {
    try gradients("gradientsWhereUsed", inputs, seed, retainingGraph, creatingGraph, allowingUnused: true)
  }

  private func gradients(
    _ operation: StaticString, _ inputs: [Tensor], _ seed: Tensor?, _ retaining: Bool, _ creating: Bool,
    allowingUnused: Bool
  ) throws(TorchError) -> [Tensor?] {
    var pointers = [TSTensor?](repeating: nil, count: inputs.count)
    try perform(operation, tensor) { output, error in
      withExtendedLifetime((inputs, seed)) {
        ts_gradients(
          output, seed?.pointer, inputs.map(\.pointer), inputs.count, retaining, creating, allowingUnused, &pointers,
          error)
      }
    }
    return pointers.map { $0.map { Tensor(owned: $0) } }
  }
}

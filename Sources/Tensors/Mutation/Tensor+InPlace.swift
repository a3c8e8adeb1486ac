internal import CTorchShim

// The operations that change a tensor. Only the cells of modules (parameters, buffers) and the optimizers use them;
// none is recorded for differentiation.
extension Tensor {
  /// Marks a leaf for differentiation.
  package func setRequiresGradient(_ required: Bool) {
    trapping(try perform("requiresGradient", self) { ts_set_requires_gradient($0, required, $1) })
  }

  /// Keeps the gradient of a tensor that is no leaf, too.
  package func retainGradient() { trapping(try perform("retainGradient", self) { ts_retain_gradient($0, $1) }) }

  /// Replaces the gradient, or removes it.
  package func setGradient(_ gradient: Tensor?) {
    trapping(
      try perform("setGradient", self) { cell, error in
        withExtendedLifetime(gradient) { ts_set_gradient(cell, gradient?.pointer, error) }
      })
  }

  /// A tensor of this type and on this device to be filled; its numbers are what the memory happens to hold.
  package func uninitialized(_ shape: Shape) -> Tensor {
    trapping(
      try invoke("uninitialized", "aten::new_empty", [.tensor(self), .intList(shape.dimensions)]))
  }

  /// Takes over the numbers of a tensor of the same shape, converted to this type and device.
  package func copyInPlace(from source: Tensor) {
    trapping(try checked.copyInPlace(from: source))
  }

  /// Makes this cell refer to the memory of another tensor, with its type and device.
  package func setData(_ source: Tensor) {
    trapping(try perform("setData", self, source) { ts_set_data($0, $1, $2) })
  }

  /// Sets all elements to zero.
  package func zeroInPlace() { fillInPlace(0) }

  /// Sets all elements to one number.
  package func fillInPlace(_ value: Double) {
    trapping(try perform("fill", self) { ts_fill_in_place($0, TSScalar(value), $1) })
  }

  /// Adds `alpha` times another tensor.
  package func addInPlace(_ other: Tensor, alpha: Double = 1) {
    trapping(try perform("add", self, other) { ts_add_in_place($0, $1, TSScalar(alpha), $2) })
  }

  /// Adds a whole multiple of another tensor; for integer cells.
  package func addInPlace(_ other: Tensor, alpha: Int) {
    trapping(try perform("add", self, other) { ts_add_in_place($0, $1, TSScalar(alpha), $2) })
  }

  /// Adds a number.
  package func addInPlace(_ value: Double) {
    trapping(try perform("add", self) { ts_add_scalar_in_place($0, TSScalar(value), $1) })
  }

  /// Adds an integer.
  package func addInPlace(_ value: Int) {
    trapping(try perform("add", self) { ts_add_scalar_in_place($0, TSScalar(value), $1) })
  }

  /// Multiplies by another tensor.
  package func multiplyInPlace(_ other: Tensor) {
    trapping(try perform("multiply", self, other) { ts_multiply_in_place($0, $1, $2) })
  }

  /// Multiplies by a number.
  package func multiplyInPlace(_ value: Double) {
    trapping(try perform("multiply", self) { ts_multiply_scalar_in_place($0, TSScalar(value), $1) })
  }

  /// Divides by another tensor.
  package func divideInPlace(_ other: Tensor) {
    trapping(try perform("divide", self, other) { ts_divide_in_place($0, $1, $2) })
  }

  /// Adds `value` times the product of two tensors.
  package func addProductInPlace(_ a: Tensor, _ b: Tensor, value: Double = 1) {
    trapping(try perform("addProduct", self, a, b) { ts_addcmul_in_place($0, $1, $2, TSScalar(value), $3) })
  }

  /// Adds `value` times the quotient of two tensors.
  package func addQuotientInPlace(_ a: Tensor, _ b: Tensor, value: Double = 1) {
    trapping(try perform("addQuotient", self, a, b) { ts_addcdiv_in_place($0, $1, $2, TSScalar(value), $3) })
  }

  /// Moves toward `end` by the fraction `weight`.
  package func interpolateInPlace(to end: Tensor, weight: Double) {
    trapping(try perform("interpolate", self, end) { ts_lerp_in_place($0, $1, TSScalar(weight), $2) })
  }
}

extension CheckedTensor {
  /// Takes over the numbers of a tensor of the same shape, converted to this type and device.
  package func copyInPlace(from source: Tensor) throws(TorchError) {
    try perform("copy", tensor, source) { ts_copy_in_place($0, $1, $2) }
  }
}

extension HomogeneousPolynomial {
  /// The weights of pixels that approximate the operator with this symbol: `Σ weight(q) f(p + q)` is its value at p.
  ///
  /// **Shapes**: `kernelSize * kernelSize` weights, pixel rows from top to bottom; x grows to the right, y upwards.
  ///
  /// **Symmetry**: turning or reflecting the operator turns or reflects the weights, exactly for the symmetries of the
  /// grid.
  ///
  /// **Throws**: `KernelError.invalidConfiguration` when the degree is not below the kernel's size, or the radial
  /// function is not smooth enough.
  ///
  /// **escnn**: `discretize_homogeneous_polynomial` of e2cnn, whose finite differences are turned by 90°.
  public func stencil(
    kernelSize: Int, dilation: Int = 1, discretization: DiffopDiscretization = .finiteDifferences
  ) throws(KernelError) -> [Double] {
    let configuration = DiffopConfiguration(
      kernelSize: kernelSize, dilation: dilation, maximumOrder: degree, discretization: discretization)
    try configuration.validate()
    let monomials = try MonomialStencils.stencils(configuration.stencilKey(order: degree))
    var sum = [Double](repeating: 0, count: kernelSize * kernelSize)
    for (coefficient, stencil) in zip(coefficients, monomials.values) where coefficient != 0 {
      for point in sum.indices { sum[point] += coefficient * stencil[point] }
    }
    return sum
  }
}

public import SteerableKernels
public import Symmetry

/// The memory that a kernel basis takes, counted before it is built.
///
/// Sampled kernels are dense in input and output channels, so large groups ask for more than a machine has.
public enum KernelMemory {
  /// The largest factor of a `.linear` band limit; above it kernels of pixels tell nothing apart.
  private static let largestFactor = 100.0
  /// The most bytes of one basis between two representations.
  private static let largestBytes = 2e9

  /// Makes sure that the basis between two representations can be held.
  ///
  /// **Throws** `ModelError.tooManyKernels` or `ModelError.cutoffTooHigh`; `KernelError` for another wrong configuration.
  /// **Complexity** That of enumerating the basis, which is small beside sampling it.
  public static func check(
    from input: Representation, to output: Representation, configuration: KernelConfiguration
  ) throws {
    if case .linear(let factor) = configuration.frequencyCutoff, factor > largestFactor {
      throw ModelError.cutoffTooHigh(factor: factor, largest: largestFactor)
    }
    let basis = try KernelBasis(from: input, to: output, configuration: configuration)
    let points = Double(configuration.kernelSize * configuration.kernelSize)
    let entries = Double(input.size) * Double(output.size) * points * 8
    let bytes = entries * Double(basis.dimension)
    guard bytes <= largestBytes else {
      throw ModelError.tooManyKernels(
        input: input.name, output: output.name, group: input.group.name, kernelSize: configuration.kernelSize,
        gigabytes: (bytes / 1e9).rounded())
    }
  }
}

internal import EquivariantLayers
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

  /// The number of weights of a convolution, before those are left out whose kernels vanish on the grid.
  ///
  /// **Throws** as `check`, which it calls for every pair of representations.
  static func weights(from input: FieldType, to output: FieldType, configuration: KernelConfiguration) throws -> Double
  {
    var count = 0.0
    for from in input.distinctRepresentations {
      let inputs = input.representations.count { $0 == from }
      for to in output.distinctRepresentations {
        let outputs = output.representations.count { $0 == to }
        count += Double(inputs) * Double(outputs) * Double(try check(from: from, to: to, configuration: configuration))
      }
    }
    return count
  }

  /// Makes sure that the basis between two representations can be held, and returns its dimension.
  ///
  /// **Throws** `ModelError.tooManyKernels` or `ModelError.cutoffTooHigh`; `KernelError` for another wrong configuration.
  /// **Complexity** That of enumerating the basis, which is small beside sampling it.
  @discardableResult
  public static func check(
    from input: Representation, to output: Representation, configuration: KernelConfiguration
  ) throws -> Int {
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
    return basis.dimension
  }
}

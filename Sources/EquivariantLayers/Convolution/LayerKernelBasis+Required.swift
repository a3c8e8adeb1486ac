import SteerableKernels
import Symmetry

extension LayerBasis where Basis == SampledKernelBasis {
  /// The kernels between two types.
  ///
  /// **Traps**: when there are none or the configuration is wrong; the message has the cure in terms of the layer.
  static func required(
    by layer: String, from input: FieldType, to output: FieldType, configuration: KernelConfiguration, recompute: Bool
  ) -> LayerKernelBasis {
    if recompute { SampledKernelBasis.emptyCache() }
    do {
      return try LayerKernelBasis(
        from: input.representations, to: output.representations, configuration: configuration)
    } catch {
      fail(layer, message(error, layer))
    }
  }

  /// The error with its cure in terms of the layer's arguments.
  private static func message(_ error: KernelError, _ layer: String) -> String {
    guard case .emptyBasis(_, _, let configuration) = error, configuration.kernelSize.isMultiple(of: 2),
      configuration.rings == nil
    else { return "\(error)" }
    let rings = KernelConfiguration.halfInteger(kernelSize: configuration.kernelSize, dilation: configuration.dilation)
    return "\(error); for \(layer): frequencyCutoff: .halfInteger, rings: \(rings.resolvedRings)"
  }
}

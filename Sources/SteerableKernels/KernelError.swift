/// What can be wrong with a request for a kernel basis; every message names the cure.
public enum KernelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No kernel between these field lists survives on this grid.
  case emptyBasis(from: String, to: String, configuration: KernelConfiguration)
  /// No differential operator between these field lists exists with these orders.
  case emptyDiffopBasis(from: String, to: String, configuration: DiffopConfiguration)
  /// The configuration contradicts itself; the text says where and what to change.
  case invalidConfiguration(String)
  /// Representations of different groups were combined.
  case groupMismatch(String, String)
  /// A text does not name a frequency cut-off.
  case unknownCutoff(String)
  /// The copies of an irrep have different numbers of elements at the center, so no orthogonal map can be placed there.
  case unequalCenters(irrep: String)

  /// One line with the cure.
  public var description: String {
    switch self {
    case .emptyBasis(let input, let output, let configuration):
      let start = "the kernel basis from \(input) to \(output) is empty for \(configuration)"
      if configuration.kernelSize.isMultiple(of: 2) && configuration.rings == nil {
        return start + ": on an even grid no pixel lies at radius 0; use an odd kernel size, or"
          + " KernelConfiguration.halfInteger(kernelSize: \(configuration.kernelSize)) for rings between the pixels"
      }
      return start
        + ": raise the frequency cut-off or the kernel size, or choose fields with frequencies closer together"
    case .emptyDiffopBasis(let input, let output, let configuration):
      return "the basis of differential operators from \(input) to \(output) is empty for \(configuration)"
        + ": raise the maximum order and the kernel size, or choose fields with frequencies closer together"
    case .invalidConfiguration(let text):
      return text
    case .groupMismatch(let first, let second):
      return "the representations belong to different groups, \(first) and \(second); build both from one group"
    case .unknownCutoff(let text):
      return
        "\"\(text)\" is no frequency cut-off; use default, -2, -3, half-integer, dilated, or a number such as 3 or 3r"
        + " for that multiple of the radius"
    case .unequalCenters(let irrep):
      return "copies of \(irrep) have different numbers of kernels at radius 0; remove the basis filter to use a"
        + " delta-orthogonal initialization"
    }
  }
}

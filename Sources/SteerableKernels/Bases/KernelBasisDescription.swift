import Symmetry

/// A sampled kernel basis in a form that can be written as JSON.
///
/// **Shapes**: `kernels` is `[dimension][out][in][k][k]`.
public struct KernelBasisDescription: Codable, Hashable, Sendable {
  /// The name of the group.
  public var group: String
  /// The input representation.
  public var input: String
  /// The output representation.
  public var output: String
  /// The number of pixels along each side.
  public var kernelSize: Int
  /// The number of kernels.
  public var dimension: Int
  /// The kernels, if asked for.
  public var kernels: [[[[[Double]]]]]?

  private enum CodingKeys: String, CodingKey {
    case group
    case input = "in"
    case output = "out"
    case kernelSize
    case dimension
    case kernels
  }

  /// Describes `basis`; the representations keep their names unless others are given.
  public init(
    _ basis: SampledKernelBasis, input: String? = nil, output: String? = nil, includingValues: Bool = false
  ) {
    group = basis.input.group.name
    self.input = input ?? basis.input.name
    self.output = output ?? basis.output.name
    let size = basis.configuration.kernelSize
    kernelSize = size
    dimension = basis.dimension
    guard includingValues else { return }
    var position = 0
    kernels = (0..<basis.dimension).map { _ in
      (0..<basis.outSize).map { _ in
        (0..<basis.inSize).map { _ in
          (0..<size).map { _ in
            defer { position += size }
            return Array(basis.values[position..<position + size])
          }
        }
      }
    }
  }
}

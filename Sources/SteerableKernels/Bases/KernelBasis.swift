import Foundation
public import Symmetry

/// The continuous kernels between two representations: Gaussian rings times angular solutions, at any point of the plane.
///
/// **Symmetry**: every element solves `K(g x) = rho_out(g) K(x) rho_in(g)^-1` for all elements of the group; together they
/// span all solutions with these rings and band limits.
///
/// **escnn**: `KernelBasis` before sampling: neither normalized nor freed of elements that vanish on a grid.
public struct KernelBasis: Sendable {
  /// The representation of the fields that the kernels read.
  public let input: Representation
  /// The representation of the fields that the kernels write.
  public let output: Representation
  /// The rings, band limits and axis.
  public let configuration: KernelConfiguration
  /// What each element is made of; radii outermost.
  public let elements: [KernelBasisElement]

  private let placed: [PlacedSolution]

  /// The basis from `input` to `output`.
  ///
  /// **Throws**: `KernelError.groupMismatch` or `.invalidConfiguration`; an empty basis is no error here.
  public init(
    from input: Representation, to output: Representation, configuration: KernelConfiguration
  ) throws(KernelError) {
    guard input.group == output.group else { throw .groupMismatch(input.group.name, output.group.name) }
    try configuration.validate(for: input.group)
    (self.input, self.output, self.configuration) = (input, output, configuration)
    placed = PlacedSolution.enumerate(from: input, to: output, configuration: configuration)
    elements = placed.map(\.element)
  }

  /// The number of elements.
  public var dimension: Int { elements.count }

  /// The value of every element at a point; `y` grows upwards.
  ///
  /// **Shapes**: `dimension` matrices of output size times input size.
  ///
  /// **Units**: pixels.
  public func evaluate(x: Double, y: Double) -> [Matrix] {
    let radius = (x * x + y * y).squareRoot()
    let isOrigin = radius < SampledProfile.smallestRadius
    let angle = isOrigin ? 0 : atan2(y, x) - (configuration.usesAxis(of: input.group) ? configuration.axis : 0)
    var placement = BlockPlacement(from: input, to: output, points: 1)
    return placed.map { item in
      let frequency = Double(abs(item.solution.frequency))
      var amplitude = SampledProfile.ring(radius, radius: item.element.radius, sigma: item.element.sigma)
      if isOrigin && frequency != 0 { amplitude = 0 }
      let block = item.solution.block(cosine: cos(frequency * angle), sine: sin(frequency * angle))
      var values = [Double](repeating: 0, count: output.size * input.size)
      let entries = (0..<4).map { block[$0] }
      placement.place(
        entries, rows: item.solution.rows, columns: item.solution.columns, row: item.row, column: item.column,
        scale: amplitude, into: &values)
      return Matrix(rows: output.size, columns: input.size, values)
    }
  }
}

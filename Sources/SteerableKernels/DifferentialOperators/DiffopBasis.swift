public import Symmetry

/// The differential operators between two representations: matrices of polynomials in ∂x and ∂y.
///
/// Each is a harmonic polynomial times a power of the Laplacian, so together they are all steerable operators up to the
/// order.
///
/// **Symmetry**: every symbol solves `P(g ξ) = rho_out(g) P(ξ) rho_in(g)^-1` for all elements of the group, so the operator
/// maps transformed fields to transformed fields.
///
/// **Reference**: Jenner and Weiler, "Steerable Partial Differential Operators for Equivariant Neural Networks" (2022).
///
/// **escnn**: `TensorBasis` of e2cnn's `diffops`, the product of `SteerableDiffopBasis` and `LaplaceProfile`.
public struct DiffopBasis: Sendable {
  /// The representation of the fields that the operators read.
  public let input: Representation
  /// The representation of the fields that the operators write.
  public let output: Representation
  /// The orders, the axis and the choice of elements.
  public let configuration: DiffopConfiguration
  /// What each element is made of; powers of the Laplacian innermost.
  public let elements: [DiffopBasisElement]

  private let placed: [PlacedDiffop]

  /// The basis from `input` to `output`.
  ///
  /// **Throws**: `KernelError.groupMismatch` or `.invalidConfiguration`; an empty basis is no error here.
  public init(
    from input: Representation, to output: Representation, configuration: DiffopConfiguration
  ) throws(KernelError) {
    guard input.group == output.group else { throw .groupMismatch(input.group.name, output.group.name) }
    try configuration.validate(for: input.group)
    (self.input, self.output, self.configuration) = (input, output, configuration)
    placed = PlacedDiffop.enumerate(from: input, to: output, configuration: configuration)
    elements = placed.map(\.element)
  }

  /// The number of elements.
  public var dimension: Int { elements.count }

  /// The matrix of polynomials of an element.
  ///
  /// **Shapes**: one list for each output channel, with one polynomial for each input channel.
  public func symbols(_ index: Int) -> [[HomogeneousPolynomial]] {
    let item = placed[index]
    let terms = item.element.order + 1
    var placement = BlockPlacement(from: input, to: output, points: terms)
    var values = [Double](repeating: 0, count: output.size * input.size * terms)
    placement.place(
      item.symbols.flatMap(\.coefficients), rows: item.rows, columns: item.columns, row: item.row, column: item.column,
      scale: 1, into: &values)
    return (0..<output.size).map { o in
      (0..<input.size).map { i in
        let start = (o * input.size + i) * terms
        return HomogeneousPolynomial(Array(values[start..<start + terms]))
      }
    }
  }

  /// The value of every symbol at a point of the plane of frequencies.
  ///
  /// **Shapes**: `dimension` matrices of output size times input size.
  public func evaluate(x: Double, y: Double) -> [Matrix] {
    placed.indices.map { index in Matrix(symbols(index).map { row in row.map { $0.evaluate(x: x, y: y) } }) }
  }
}

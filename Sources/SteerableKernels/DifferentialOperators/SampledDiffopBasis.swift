public import Symmetry

/// The differential operators between two representations as weights of pixels, normalized.
///
/// Every element has the squared norm of its output irrep (1 or 2), as kernels have; `scales` lead back to derivatives
/// by the pixel. Bases are built once per process and shared.
///
/// **Shapes**: `values` is row-major `[dimension, outSize, inSize, points]`; the points are those of the kernel, row by row.
///
/// **Symmetry**: exact for the group's rotations by multiples of 90 degrees and for reflections that keep the grid; for
/// other elements as exact as the discretization.
///
/// **escnn**: `SingleBlockBasisExpansion` of e2cnn over its `diffops`, with the same elements in the same order.
public final class SampledDiffopBasis: SampledBasis {
  /// The representation of the fields that the operators read.
  public let input: Representation
  /// The representation of the fields that the operators write.
  public let output: Representation
  /// The grid, the orders and the discretization.
  public let configuration: DiffopConfiguration
  /// The number of elements; 0 when no operator exists or survives on the grid.
  public let dimension: Int
  /// The size of the input representation.
  public let inSize: Int
  /// The size of the output representation.
  public let outSize: Int
  /// The number of pixels of a kernel.
  public let points: Int
  /// What each element is made of; powers of the Laplacian innermost.
  public let elements: [DiffopBasisElement]
  /// All elements, row-major `[dimension, outSize, inSize, points]`.
  public let values: [Double]
  /// The factor by which each element was multiplied: a weight of 1 / scale gives the operator in units of the pixel.
  public let scales: [Double]

  /// The scalar functions of which all values are made.
  public var bank: FilterBank {
    keptBank.value { FilterBank(kernelSize: configuration.kernelSize, spanning: values) }
  }
  private let keptBank = OnceValue<FilterBank>()

  private struct Key: Hashable, Sendable {
    let input: Representation
    let output: Representation
    let configuration: DiffopConfiguration
  }

  private static let cache = OnceCache<Key, Result<SampledDiffopBasis, KernelError>>()

  /// The basis from `input` to `output`, from the process-wide cache or built now; safe to call from any thread.
  ///
  /// **Throws**: `KernelError.groupMismatch` or `.invalidConfiguration`; an empty basis is no error here.
  ///
  /// **Complexity**: time and memory in the number of values, once per process.
  public static func checkedBasis(
    from input: Representation, to output: Representation, configuration: DiffopConfiguration
  ) throws(KernelError) -> SampledDiffopBasis {
    guard input.group == output.group else { throw .groupMismatch(input.group.name, output.group.name) }
    try configuration.validate(for: input.group)
    var configuration = configuration
    if !configuration.usesAxis(of: input.group) { configuration.axis = 0 }
    return try cache.value(for: Key(input: input, output: output, configuration: configuration)) {
      do throws(KernelError) {
        return .success(try SampledDiffopBasis(from: input, to: output, configuration: configuration))
      } catch {
        return .failure(error)
      }
    }.get()
  }

  /// The error for field lists between which no operator survives.
  public static func emptyBasis(from: String, to: String, configuration: DiffopConfiguration) -> KernelError {
    .emptyDiffopBasis(from: from, to: to, configuration: configuration)
  }

  /// Forgets every stored basis and stencil; those in use stay valid.
  public static func emptyCache() {
    cache.removeAll()
    MonomialStencils.emptyCache()
  }

  private init(
    from input: Representation, to output: Representation, configuration: DiffopConfiguration
  ) throws(KernelError) {
    let points = configuration.kernelSize * configuration.kernelSize
    var stencils: [MonomialStencils] = []
    for order in 0...configuration.maximumOrder {
      stencils.append(try MonomialStencils.stencils(configuration.stencilKey(order: order)))
    }
    var placement = BlockPlacement(from: input, to: output, points: points)
    let stride = output.size * input.size * points
    var elements: [DiffopBasisElement] = []
    var scales: [Double] = []
    var values: [Double] = []
    for item in PlacedDiffop.enumerate(from: input, to: output, configuration: configuration) {
      let block = Self.weights(of: item, stencils[item.element.order], points: points)
      var placed = [Double](repeating: 0, count: stride)
      placement.place(
        block, rows: item.rows, columns: item.columns, row: item.row, column: item.column, scale: 1, into: &placed)
      let norm = (placed.reduce(0) { $0 + $1 * $1 } / Double(item.rows)).squareRoot()
      guard norm >= 1e-6 * configuration.naturalSize(order: item.element.order) else { continue }
      elements.append(item.element)
      scales.append(1 / norm)
      values += placed.map { $0 / norm }
    }
    (self.input, self.output, self.configuration) = (input, output, configuration)
    (dimension, inSize, outSize, self.points) = (elements.count, input.size, output.size, points)
    (self.elements, self.values, self.scales) = (elements, values, scales)
  }

  /// The weights of a block, [row][column][point].
  private static func weights(of item: PlacedDiffop, _ stencils: MonomialStencils, points: Int) -> [Double] {
    item.symbols.flatMap { symbol in
      var sum = [Double](repeating: 0, count: points)
      for (coefficient, stencil) in zip(symbol.coefficients, stencils.values) where coefficient != 0 {
        for point in 0..<points { sum[point] += coefficient * stencil[point] }
      }
      return sum
    }
  }
}

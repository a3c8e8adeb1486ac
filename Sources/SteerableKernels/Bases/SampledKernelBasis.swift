public import Symmetry

/// The kernels between two representations on a grid of pixels, normalized, without those that vanish there.
///
/// Every element has the squared norm of its output irrep (1 or 2). Bases are built once per process and shared.
///
/// **Shapes**: `values` is row-major `[dimension, outSize, inSize, points]`; the points are those of the kernel, row by row.
///
/// **Symmetry**: exact for the group's rotations by multiples of 90 degrees and for reflections that keep the grid; the
/// band limits keep the error of other elements small.
///
/// **escnn**: `SingleBlockBasisExpansion` of e2cnn, with the same elements in the same order.
public final class SampledKernelBasis: SampledBasis {
  /// The representation of the fields that the kernels read.
  public let input: Representation
  /// The representation of the fields that the kernels write.
  public let output: Representation
  /// The grid, rings and band limits.
  public let configuration: KernelConfiguration
  /// The number of elements; 0 when no kernel exists or survives on the grid.
  public let dimension: Int
  /// The size of the input representation.
  public let inSize: Int
  /// The size of the output representation.
  public let outSize: Int
  /// The number of pixels of a kernel.
  public let points: Int
  /// What each element is made of; radii outermost.
  public let elements: [KernelBasisElement]
  /// All elements, row-major `[dimension, outSize, inSize, points]`; sampled when they are first asked for.
  public var values: [Double] { keptValues.value { sampled() } }
  private let keptValues = OnceValue<[Double]>()

  /// The scalar functions of which all values are made.
  ///
  /// The changes of basis are invertible, so the few blocks between irreps have the span of all values.
  public var bank: FilterBank {
    keptBank.value {
      var seen: Set<SIMD2<Int>> = []
      let blocks = parts.filter { seen.insert($0.identity).inserted }.flatMap(\.values)
      return FilterBank(kernelSize: configuration.kernelSize, spanning: blocks)
    }
  }
  private let keptBank = OnceValue<FilterBank>()

  /// Where each element comes from.
  private let parts: [Part]
  private let placement: BlockPlacement

  private struct Key: Hashable, Sendable {
    let input: Representation
    let output: Representation
    let configuration: KernelConfiguration
  }

  private static let cache = OnceCache<Key, SampledKernelBasis>()

  /// The basis from `input` to `output`, from the process-wide cache or built now; safe to call from any thread.
  ///
  /// **Traps**: when the representations belong to different groups or the configuration is invalid
  /// (`KernelConfiguration.validate()` tells beforehand).
  ///
  /// **Complexity**: linear in the number of elements, once per process; the values are sampled on first use.
  public static func basis(
    from input: Representation, to output: Representation, configuration: KernelConfiguration
  ) -> SampledKernelBasis {
    do throws(KernelError) {
      return try checkedBasis(from: input, to: output, configuration: configuration)
    } catch {
      fatalError("SampledKernelBasis: \(error)")
    }
  }

  /// The basis from `input` to `output`, or an error that names the cure.
  ///
  /// **Throws**: `KernelError.groupMismatch` or `.invalidConfiguration`; an empty basis is no error here.
  public static func checkedBasis(
    from input: Representation, to output: Representation, configuration: KernelConfiguration
  ) throws(KernelError) -> SampledKernelBasis {
    guard input.group == output.group else { throw .groupMismatch(input.group.name, output.group.name) }
    try configuration.validate(for: input.group)
    var configuration = configuration
    if !configuration.usesAxis(of: input.group) { configuration.axis = 0 }
    let key = Key(input: input, output: output, configuration: configuration)
    return cache.value(for: key) { SampledKernelBasis(from: input, to: output, configuration: configuration) }
  }

  /// The error for field lists between which no kernel survives.
  public static func emptyBasis(from: String, to: String, configuration: KernelConfiguration) -> KernelError {
    .emptyBasis(from: from, to: to, configuration: configuration)
  }

  /// Forgets every stored basis; those in use stay valid.
  public static func emptyCache() {
    cache.removeAll()
    IrrepBlock.emptyCache()
    SampledProfile.emptyCache()
  }

  private init(from input: Representation, to output: Representation, configuration: KernelConfiguration) {
    let points = configuration.kernelSize * configuration.kernelSize
    var placement = BlockPlacement(from: input, to: output, points: points)
    var blocks: [IrrepPair: (number: Int, block: IrrepBlock)] = [:]
    var parts: [Part] = []
    var elements: [KernelBasisElement] = []
    for item in PlacedSolution.enumerate(from: input, to: output, configuration: configuration) {
      let pair = IrrepPair(input: item.element.inIrrep, output: item.element.outIrrep)
      let (number, block) = blocks[pair] ?? (blocks.count, IrrepBlock.block(pair, configuration))
      blocks[pair] = (number, block)
      var part = Part(item, block, number)
      // Orthogonal changes of basis keep the norm of the block; others show theirs in the element itself.
      var norm = block.squaredNorms[part.position]
      if !placement.isOrthogonal {
        var element = [Double](repeating: 0, count: output.size * input.size * points)
        part.place(with: &placement, into: &element)
        norm = element.reduce(0) { $0 + $1 * $1 }
      }
      let size = Double(item.solution.rows)
      guard (norm / size).squareRoot() >= Self.visible else { continue }
      part.scale = (size / norm).squareRoot()
      parts.append(part)
      elements.append(item.element)
    }
    (self.input, self.output, self.configuration) = (input, output, configuration)
    (dimension, inSize, outSize, self.points) = (elements.count, input.size, output.size, points)
    (self.elements, self.parts, self.placement) = (elements, parts, placement)
  }

  /// The root mean square below which an element is rounding noise on the grid.
  private static let visible = 1e-6

  private func sampled() -> [Double] {
    let stride = outSize * inSize * points
    var placement = placement
    var values = [Double](repeating: 0, count: dimension * stride)
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for (index, part) in parts.enumerated() { part.place(with: &placement, into: base + index * stride) }
    }
    return values
  }
}

extension SampledKernelBasis {
  /// A solution between two irreps on a ring, its place in the element, and what normalizes it.
  private struct Part {
    private let block: IrrepBlock
    private let blockNumber: Int
    private let solution: PlacedSolution
    /// The position of the solution in its block.
    let position: Int
    var scale = 1.0

    init(_ solution: PlacedSolution, _ block: IrrepBlock, _ blockNumber: Int) {
      (self.solution, self.block, self.blockNumber) = (solution, block, blockNumber)
      position = solution.element.ring * block.solutions + solution.index
    }

    /// Equal for elements that differ in their place only.
    var identity: SIMD2<Int> { SIMD2(blockNumber, position) }

    /// The normalized solution itself, row-major `[row][column][point]`.
    var values: [Double] { block.values[position * block.stride..<(position + 1) * block.stride].map { $0 * scale } }

    /// Adds the element to `target`, row-major `[outSize][inSize][point]`.
    func place(with placement: inout BlockPlacement, into target: UnsafeMutablePointer<Double>) {
      block.values.withUnsafeBufferPointer { values in
        placement.place(
          values.baseAddress.unsafelyUnwrapped + position * block.stride, rows: solution.solution.rows,
          columns: solution.solution.columns, row: solution.row, column: solution.column, scale: scale, into: target)
      }
    }
  }
}

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
  /// All elements, row-major `[dimension, outSize, inSize, points]`.
  public let values: [Double]

  /// The scalar functions of which all values are made.
  public var bank: FilterBank {
    keptBank.value { FilterBank(kernelSize: configuration.kernelSize, spanning: values) }
  }
  private let keptBank = OnceValue<FilterBank>()

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
  /// **Complexity**: time and memory in the number of values, once per process.
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
    let stride = output.size * input.size * points
    let placed = PlacedSolution.enumerate(from: input, to: output, configuration: configuration)

    var blocks: [IrrepPair: IrrepBlock] = [:]
    var sources: [IrrepBlock] = []
    sources.reserveCapacity(placed.count)
    for item in placed {
      let pair = IrrepPair(input: item.element.inIrrep, output: item.element.outIrrep)
      if let block = blocks[pair] {
        sources.append(block)
      } else {
        let block = IrrepBlock.block(pair, configuration)
        blocks[pair] = block
        sources.append(block)
      }
    }

    // With orthogonal changes of basis the norms are those of the blocks: vanishing elements are never expanded.
    var kept: [Int] = []
    for (index, item) in placed.enumerated() {
      let norm = sources[index].squaredNorms[item.element.ring * sources[index].solutions + item.index]
      if !placement.isOrthogonal || Self.isVisible(norm, item) { kept.append(index) }
    }

    var elements: [KernelBasisElement] = []
    elements.reserveCapacity(kept.count)
    var values = [Double](repeating: 0, count: kept.count * stride)
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for index in kept {
        let (item, source) = (placed[index], sources[index])
        let position = item.element.ring * source.solutions + item.index
        let target = base + elements.count * stride
        let size = Double(item.solution.rows)
        let scale = placement.isOrthogonal ? (size / source.squaredNorms[position]).squareRoot() : 1
        source.values.withUnsafeBufferPointer { block in
          placement.place(
            block.baseAddress.unsafelyUnwrapped + position * source.stride, rows: item.solution.rows,
            columns: item.solution.columns, row: item.row, column: item.column, scale: scale, into: target)
        }
        if !placement.isOrthogonal {
          var norm = 0.0
          for index in 0..<stride { norm += target[index] * target[index] }
          let isVisible = Self.isVisible(norm, item)
          let scale = isVisible ? (size / norm).squareRoot() : 0
          for index in 0..<stride { target[index] *= scale }
          if !isVisible { continue }
        }
        elements.append(item.element)
      }
    }
    values.removeLast(values.count - elements.count * stride)

    (self.input, self.output, self.configuration) = (input, output, configuration)
    (dimension, inSize, outSize, self.points) = (elements.count, input.size, output.size, points)
    (self.elements, self.values) = (elements, values)
  }

  /// Whether an element of this squared norm is more than rounding noise on the grid.
  private static func isVisible(_ squaredNorm: Double, _ item: PlacedSolution) -> Bool {
    (squaredNorm / Double(item.solution.rows)).squareRoot() >= 1e-6
  }
}

import EquivariantLayers
import Layers
import OrderedCollections
import Tensors

/// Brings weights and biases of one steerable convolution over, in either direction.
struct ConvolutionTransfer {
  let module: SteerableConvolution
  let blocks: [FilterBlock]
  let theirs: ForeignModule
  let options: ImportOptions
  let path: String

  private func failure(_ problem: String) -> ImportError {
    ImportError(path: path, problem: "\"\(theirs.key)\": \(problem)")
  }

  private var weightCount: Int { blocks.last?.weights.upperBound ?? 0 }

  // MARK: From theirs

  /// Our weights for theirs: from their basis if the file has it, else from the filter that evaluation left in it.
  func importedWeights() throws(ImportError) -> FilterProjection {
    guard let weights = theirs["weights"]?.to(.float64) else {
      guard let filter = theirs["weight"].map({ direct($0.to(.float64)) }) else {
        throw failure("there are neither weights nor a filter")
      }
      return try projection(of: filter)
    }
    if let bases = try matchedBases() {
      let count = zip(blocks, bases).reduce(0) { $0 + $1.0.outCount * $1.0.inCount * $1.1.basis.shape[0] }
      guard weights.shape == [count] else {
        throw failure("the weights have shape \(weights.shape); its basis and our fields need [\(count)]")
      }
      return FilterProjection.project(weights, bases: bases, onto: blocks)
    }
    // Without the basis, a filter of zeros beside weights is one that was never computed.
    if let filter = theirs["filter"].map({ direct($0.to(.float64)) }),
      filter.abs().max().item() > 0 || weights.abs().max().item() == 0
    {
      try checkShape(of: filter)
      if weights.shape == [weightCount] {
        let residual = FilterProjection.residual(of: weights, against: filter, blocks: blocks)
        if residual <= options.tolerance {
          return FilterProjection(weights: weights, isDirect: true, residual: residual)
        }
      }
      return FilterProjection.project(filter, onto: blocks)
    }
    guard options.trustsWeights else {
      throw failure(
        "the file has weights without their basis and without the filter, so their order is unknown; save the whole "
          + "state_dict() after eval(), or say that they are e2cnn's")
    }
    guard weights.shape == [weightCount] else {
      throw failure("the weights have shape \(weights.shape); ours need [\(weightCount)]")
    }
    return FilterProjection(weights: weights, isDirect: true, residual: 0)
  }

  private func projection(of filter: Tensor) throws(ImportError) -> FilterProjection {
    try checkShape(of: filter)
    return FilterProjection.project(filter, onto: blocks)
  }

  /// Transposed convolutions keep their filter `[in, out / groups, k, k]`.
  private func direct(_ filter: Tensor) -> Tensor {
    guard module is R2ConvTransposed, filter.rank == 4, filter.shape[0].isMultiple(of: module.groups) else {
      return filter
    }
    let shape = filter.shape
    return filter.reshape([module.groups, shape[0] / module.groups, shape[1], shape[2], shape[3]])
      .permute([0, 2, 1, 3, 4]).reshape([module.groups * shape[1], shape[0] / module.groups, shape[2], shape[3]])
  }

  /// The inverse of ``direct(_:)``, which is of the same form.
  private func arranged(_ filter: Tensor) -> Tensor { direct(filter) }

  private func checkShape(of filter: Tensor) throws(ImportError) {
    let expected = withoutGradient { module.expandFilter().shape }
    guard filter.shape == expected else {
      throw failure("the filter has shape \(filter.shape); ours is \(expected)")
    }
  }

  /// Their bases in the order of our blocks; nil if the file has none.
  ///
  /// Blocks correspond by the names of their representations where all names are known there, else in order: both
  /// sort by names.
  private func matchedBases() throws(ImportError) -> [FilterProjection.ForeignBlock]? {
    let sampled = theirs.sampledBases
    guard !sampled.isEmpty else { return nil }
    guard sampled.count == blocks.count else {
      let names = sampled.map { "\($0.input) to \($0.output)" }.joined(separator: ", ")
      throw failure("there are \(sampled.count) kinds of kernels (\(names)), ours are \(blocks.count)")
    }
    let names = sampled.map { [$0.input, $0.output] }
    let byName = blocks.compactMap { names.firstIndex(of: $0.names) }
    let order = Set(byName).count == blocks.count ? byName : Array(blocks.indices)
    // Their weights follow each other in the order of the sorted names.
    var found = [FilterProjection.ForeignBlock?](repeating: nil, count: blocks.count)
    var offset = 0
    for (place, (input, output, basis)) in sampled.enumerated() {
      guard let index = order.firstIndex(of: place) else { continue }
      let (block, shape) = (blocks[index], basis.shape)
      guard shape.count == 4, shape[1] == block.outSize, shape[2] == block.inSize,
        shape[1] * shape[2] * shape[3] == block.basis.shape[1]
      else {
        throw failure(
          "kernels from \(input) to \(output) have shape \(shape); ours have \(block.outSize) rows, \(block.inSize) columns "
            + "and \(block.basis.shape[1] / (block.outSize * block.inSize)) pixels")
      }
      found[index] = .init(basis: basis.to(.float64).reshape([shape[0], -1]), offset: offset)
      offset += block.outCount * block.inCount * shape[0]
    }
    return found.compactMap(\.self)
  }

  /// Our biases for theirs: number by number, or from one for each channel.
  func importedBias(_ bias: Parameter) throws(ImportError) -> (bias: Tensor, residual: Double) {
    guard let found = theirs["bias"]?.to(.float64) else {
      throw failure("there is no bias; ours has \(bias.value.count)")
    }
    if theirs["weights"] != nil {
      guard found.count == bias.value.count else {
        throw failure("there are \(found.count) biases; ours are \(bias.value.count)")
      }
      return (found.reshape([-1]), 0)
    }
    let expansion = BiasExpansion(module.outputType)
    guard found.count == module.outputType.size else {
      throw failure("there are \(found.count) biases; our channels are \(module.outputType.size)")
    }
    let matrix = Tensor.concatenated(
      (0..<expansion.count).map { index in
        var unit = [Double](repeating: 0, count: expansion.count)
        unit[index] = 1
        return expansion(Tensor(unit, shape: [expansion.count], dtype: .float64)).reshape([-1, 1])
      }, along: 1)
    let column = found.reshape([-1, 1])
    let ours = matrix.leastSquares(column)
    let total: Double = column.square().sum().item()
    let lost: Double = (column - matrix.matmul(ours)).square().sum().item()
    return (ours.reshape([-1]), total > 0 ? (lost / total).squareRoot() : 0)
  }

  // MARK: To theirs

  /// Their entries for our weights and bias, with the filter and the expanded bias where the template has them.
  func exported(
    weights: Tensor, bias: Tensor?, filter: Tensor, expandedBias: Tensor?
  ) throws(ImportError) -> (entries: [String: Tensor], method: ImportReport.Layer.Method, residual: Double) {
    var entries: [String: Tensor] = [:]
    var method = ImportReport.Layer.Method.weights
    var residual = 0.0
    if theirs["weights"] == nil {
      entries["weight"] = arranged(filter)
      if let expandedBias { entries["bias"] = expandedBias }
    } else {
      guard let bases = try matchedBases() else {
        throw failure("the template has no bases of kernels; take the whole state_dict() of the network")
      }
      // The roles are exchanged: their basis is the one to project onto.
      var parts: [(offset: Int, weights: Tensor)] = []
      var (lost, total) = (0.0, 0.0)
      for (block, foreign) in zip(blocks, bases) {
        let values = weights.narrow(0, start: block.weights.lowerBound, length: block.weights.count)
        let rows = block.rows(of: values, in: block.basis)
        let isSame = FilterProjection.isSame(foreign.basis, block)
        if !isSame { method = .projected }
        let part = isSame ? values : FilterBlock.weights(of: rows, in: foreign.basis)
        lost += (rows - block.rows(of: part, in: foreign.basis)).square().sum().item()
        total += rows.square().sum().item()
        parts.append((foreign.offset, part.reshape([-1])))
      }
      parts.sort { $0.offset < $1.offset }
      entries["weights"] = Tensor.concatenated(parts.map(\.weights))
      residual = total > 0 ? (lost / total).squareRoot() : 0
      if let bias { entries["bias"] = bias }
    }
    if theirs["filter"] != nil { entries["filter"] = arranged(filter) }
    if theirs["expanded_bias"] != nil, let expandedBias { entries["expanded_bias"] = expandedBias }
    return (entries, method, residual)
  }
}

import EquivariantLayers
import Layers
import OrderedCollections
import Tensors

/// Brings weights and biases of one steerable convolution over, in either direction.
struct ConvolutionTransfer {
  let module: EquivariantModule
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
      guard let filter = theirs["weight"]?.to(.float64) else { throw failure("there are neither weights nor a filter") }
      return try projection(of: filter)
    }
    if let bases = try matchedBases() {
      let count = zip(blocks, bases).reduce(0) { $0 + $1.0.outCount * $1.0.inCount * $1.1.shape[0] }
      guard weights.shape == [count] else {
        throw failure("the weights have shape \(weights.shape); its basis and our fields need [\(count)]")
      }
      return FilterProjection.project(weights, bases: bases, onto: blocks)
    }
    // Without the basis, a filter of zeros beside weights is one that was never computed.
    if let filter = theirs["filter"]?.to(.float64), filter.abs().max().item() > 0 || weights.abs().max().item() == 0 {
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

  private var filterShape: Shape {
    let expanded = withoutGradient { (module as? R2Conv)?.expandFilter().shape }
    return expanded ?? []
  }

  private func checkShape(of filter: Tensor) throws(ImportError) {
    let expected = filterShape
    guard filter.shape == expected else {
      throw failure("the filter has shape \(filter.shape); ours is \(expected)")
    }
  }

  /// Their bases in the order of our blocks, each `[dimension, out · in · points]`; nil if the file has none.
  ///
  /// Both sort by the names of the representations, so the blocks correspond in order.
  private func matchedBases() throws(ImportError) -> [Tensor]? {
    let sampled = theirs.sampledBases
    guard !sampled.isEmpty else { return nil }
    guard sampled.count == blocks.count else {
      let names = sampled.map { "\($0.input) to \($0.output)" }.joined(separator: ", ")
      throw failure("there are \(sampled.count) kinds of kernels (\(names)), ours are \(blocks.count)")
    }
    var bases: [Tensor] = []
    for (block, (input, output, basis)) in zip(blocks, sampled) {
      let shape = basis.shape
      guard shape.count == 4, shape[1] == block.outSize, shape[2] == block.inSize,
        shape[1] * shape[2] * shape[3] == block.basis.shape[1]
      else {
        throw failure(
          "kernels from \(input) to \(output) have shape \(shape); ours have \(block.outSize) rows, \(block.inSize) columns "
            + "and \(block.basis.shape[1] / (block.outSize * block.inSize)) pixels")
      }
      bases.append(basis.to(.float64).reshape([shape[0], -1]))
    }
    return bases
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
      try checkShape(of: theirs["weight"] ?? filter)
      entries["weight"] = filter
      if let expandedBias { entries["bias"] = expandedBias }
    } else {
      guard let bases = try matchedBases() else {
        throw failure("the template has no bases of kernels; take the whole state_dict() of the network")
      }
      // The roles are exchanged: their basis is the one to project onto.
      var parts: [Tensor] = []
      var (lost, total) = (0.0, 0.0)
      for (block, basis) in zip(blocks, bases) {
        let values = weights.narrow(0, start: block.weights.lowerBound, length: block.weights.count)
        let rows = block.rows(of: values, in: block.basis)
        let isSame =
          basis.shape == block.basis.shape
          && (basis - block.basis).abs().max().item() <= FilterProjection.basisTolerance
        if !isSame { method = .projected }
        let part = isSame ? values : FilterBlock.weights(of: rows, in: basis)
        lost += (rows - block.rows(of: part, in: basis)).square().sum().item()
        total += rows.square().sum().item()
        parts.append(part.reshape([-1]))
      }
      entries["weights"] = Tensor.concatenated(parts)
      residual = total > 0 ? (lost / total).squareRoot() : 0
      if let bias { entries["bias"] = bias }
    }
    if theirs["filter"] != nil { entries["filter"] = filter }
    if theirs["expanded_bias"] != nil, let expandedBias { entries["expanded_bias"] = expandedBias }
    return (entries, method, residual)
  }
}

import EquivariantLayers
import Layers
import OrderedCollections
import Tensors

/// Brings the state of one module over, in either direction.
struct StateTransfer {
  let ours: ModuleState
  let theirs: ForeignModule
  let options: ImportOptions
  let path: String

  private func failure(_ problem: String) -> ImportError {
    ImportError(path: path, problem: "\"\(theirs.key)\" for \"\(ours.key)\" (\(ours.type)): \(problem)")
  }

  private func report(_ method: ImportReport.Layer.Method, _ residual: Double?) -> ImportReport.Layer {
    ImportReport.Layer(ours: ours.key, theirs: theirs.key, type: ours.type, method: method, residual: residual)
  }

  private func convolution(_ module: Module) -> (SteerableConvolution, ConvolutionTransfer)? {
    guard let blocks = FilterBlock.blocks(of: module), let module = module as? SteerableConvolution else { return nil }
    return (module, ConvolutionTransfer(module: module, blocks: blocks, theirs: theirs, options: options, path: path))
  }

  private var slices: [StateSlice] { StateSlice.slices(of: ours.module, keys: ours.names, like: theirs) }

  // MARK: From theirs

  func importState(
    into state: inout StateDict, used: inout Set<String>
  ) throws(ImportError) -> ImportReport.Layer {
    if let (module, transfer) = convolution(ours.module) {
      let projection = try transfer.importedWeights()
      state[ours.fullKey("weights")] = projection.weights
      var residual = projection.residual
      if let bias = module.bias {
        let (values, remainder) = try transfer.importedBias(bias)
        state[ours.fullKey("bias")] = values
        residual = max(residual, remainder)
        if let key = theirs.entries["bias"]?.key { used.insert(key) }
      }
      for name in ["weights", "weight"] {
        if let key = theirs.entries[name]?.key { used.insert(key) }
      }
      return report(projection.isDirect ? .weights : .projected, residual)
    }
    if let norm = ours.module as? InnerBatchNorm, theirs["running_mean"] != nil {
      return try importChannelStatistics(norm, into: &state, used: &used)
    }
    var values: [String: [Double]] = [:]
    var residual: Double?
    for slice in slices {
      guard let entry = theirs.entries[slice.theirs] else {
        if slice.isOptional || slice.places?.isEmpty == true { continue }
        throw failure(
          "there is no \"\(slice.theirs)\" among \(theirs.stateNames.map { "\"\($0)\"" }.joined(separator: ", "))")
      }
      let key = ours.fullKey(slice.ours)
      guard let target = state[key] else { continue }
      let places = slice.places ?? Array(0..<target.count)
      let needed = slice.foreignCount(places.count)
      guard entry.tensor.count == needed, places.allSatisfy({ $0 < target.count }) else {
        throw failure("\"\(slice.theirs)\" has \(entry.tensor.count) numbers; \(needed) are needed")
      }
      used.insert(entry.key)
      let (numbers, distance) = slice.ours(for: entry.tensor.to(.float64).scalars())
      if slice.invariantVectors != nil { residual = max(residual ?? 0, distance) }
      var ours = values[key] ?? target.to(.float64).scalars(as: Double.self)
      for (place, value) in zip(places, numbers) { ours[place] = value }
      values[key] = ours
    }
    for (key, values) in values {
      guard let target = state[key] else { continue }
      state[key] = Tensor(values, shape: target.shape, dtype: target.dtype.isFloatingPoint ? .float64 : target.dtype)
    }
    return report(.copied, residual)
  }

  /// An exported network has a plain batch norm, which repeats a field's numbers for each of its channels.
  private func importChannelStatistics(
    _ norm: InnerBatchNorm, into state: inout StateDict, used: inout Set<String>
  ) throws(ImportError) -> ImportReport.Layer {
    var residual = 0.0
    for name in ours.names {
      guard let entry = theirs.entries[name] else {
        if name == "num_batches_tracked" { continue }
        throw failure("there is no \"\(name)\"")
      }
      used.insert(entry.key)
      if name == "num_batches_tracked" {
        state[ours.fullKey(name)] = entry.tensor.reshape([])
        continue
      }
      guard entry.tensor.shape == [norm.inputType.size] else {
        throw failure("\"\(name)\" has shape \(entry.tensor.shape); \(norm.inputType.size) channels are needed")
      }
      let (fields, distance) = ChannelStatistics.perField(entry.tensor, norm.inputType)
      residual = max(residual, distance)
      state[ours.fullKey(name)] = Tensor(fields, shape: [fields.count], dtype: .float64)
    }
    return report(.projected, residual)
  }

  // MARK: To theirs

  func exportState(
    _ state: StateDict, into tensors: inout OrderedDictionary<String, Tensor>
  ) throws(ImportError) -> ImportReport.Layer {
    func put(_ name: String, _ value: Tensor) throws(ImportError) {
      guard let entry = theirs.entries[name] else {
        throw failure("the template has no \"\(name)\"")
      }
      guard entry.tensor.count == value.count else {
        throw failure("\"\(name)\" of the template has shape \(entry.tensor.shape); ours is \(value.shape)")
      }
      tensors[entry.key] = value.reshape(entry.tensor.shape).to(entry.tensor.dtype)
    }
    if let (layer, transfer) = convolution(ours.module) {
      let (filter, bias) = withoutGradient { (layer.expandFilter().detach(), layer.expandBias()?.detach()) }
      let result = try transfer.exported(
        weights: layer.weights.value.detach().to(.float64), bias: layer.bias?.value.detach(), filter: filter,
        expandedBias: bias)
      for (name, value) in result.entries { try put(name, value) }
      return report(result.method, result.residual)
    }
    for slice in slices {
      guard theirs.entries[slice.theirs] != nil else {
        if slice.isOptional || slice.places?.isEmpty == true { continue }
        throw failure("the template has no \"\(slice.theirs)\"")
      }
      guard let source = state[ours.fullKey(slice.ours)] else { continue }
      guard let places = slice.places else {
        try put(slice.theirs, source)
        continue
      }
      let chosen = source.reshape([-1]).indexSelect(0, Tensor(places, shape: [places.count]))
      guard slice.invariantVectors != nil else {
        try put(slice.theirs, chosen)
        continue
      }
      let numbers = slice.theirs(for: chosen.to(.float64).scalars())
      try put(slice.theirs, Tensor(numbers, shape: [numbers.count], dtype: .float64))
    }
    return report(.copied, nil)
  }
}

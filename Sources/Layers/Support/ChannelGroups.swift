package import Tensors

/// Groups of neighboring channels that fill a tensor's channels, such as the fields of a feature map or their parts.
///
/// Groups of equal size are treated together by one reshape, in either memory layout without copies; only where sizes
/// alternate often are channels gathered first.
package final class ChannelGroups: SelfContained {
  /// The number of channels of each group.
  package let sizes: [Int]
  /// The number of channels of all groups.
  package let channels: Int

  private let runs: [(size: Int, count: Int)]
  /// For gathered channels: the groups in ascending order of size.
  private let order: [Int]?
  private var tables: [Table: Tensor] = [:]

  private struct Table: Hashable {
    enum Content { case groupOfChannel, gatheredChannels, gatheredGroups }
    let content: Content
    let device: Device
  }

  /// How many runs of equal size are worth a loop; beyond, one gathering is cheaper.
  private static let mostRuns = 4

  package init(sizes: [Int]) {
    self.sizes = sizes
    channels = sizes.reduce(0, +)
    let runs = Self.runs(sizes)
    let order = sizes.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
    let gathered = Self.runs(order.map { sizes[$0] })
    let gathers = runs.count > max(gathered.count, Self.mostRuns)
    self.order = gathers ? order : nil
    self.runs = gathers ? gathered : runs
  }

  private static func runs(_ sizes: [Int]) -> [(size: Int, count: Int)] {
    var runs: [(size: Int, count: Int)] = []
    for size in sizes {
      if let last = runs.last, last.size == size {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((size, 1))
      }
    }
    return runs
  }

  /// The number of groups.
  package var count: Int { sizes.count }

  /// The size of all groups, nil when they differ.
  package var equalSize: Int? { runs.count == 1 ? runs[0].size : nil }

  /// The group of each channel.
  package var groupOfChannel: [Int] {
    sizes.enumerated().flatMap { group, size in Array(repeating: group, count: size) }
  }

  // MARK: From channels to groups

  /// Reduces `[N, C, …]` to one value for each group, `[N, groups, …]`.
  ///
  /// - Parameter reduction: Reduces a view along the dimension given.
  package func reduce(_ x: Tensor, _ reduction: (Tensor, Int) -> Tensor) -> Tensor {
    let source = order == nil ? x : x.indexSelect(1, table(.gatheredChannels, x.device))
    var parts: [Tensor] = []
    var start = 0
    for run in runs {
      let length = run.size * run.count
      let part = runs.count == 1 ? source : source.narrow(1, start: start, length: length)
      parts.append(reduce(part, run.size, run.count, reduction))
      start += length
    }
    let joined = parts.count == 1 ? parts[0] : Tensor.concatenated(parts, along: 1)
    return order == nil ? joined : joined.indexSelect(1, table(.gatheredGroups, x.device))
  }

  private func reduce(_ x: Tensor, _ size: Int, _ count: Int, _ reduction: (Tensor, Int) -> Tensor) -> Tensor {
    let shape = x.shape
    if shape.count == 4, !x.isContiguous() {
      let view = x.permute([0, 2, 3, 1]).reshape([shape[0], shape[2], shape[3], count, size])
      return reduction(view, 4).permute([0, 3, 1, 2])
    }
    return reduction(x.reshape(Shape([shape[0], count, size] + shape.dropFirst(2))), 2)
  }

  /// The Euclidean norm of each group, `[N, groups, …]`, in float32 for narrower numbers.
  ///
  /// Its gradient at zero is zero.
  package func norms(_ x: Tensor) -> Tensor {
    let wide = x.dtype == .float64 || x.dtype == .float32 ? x : x.to(.float32)
    return reduce(wide) { $0.norm(2, along: $1) }
  }

  // MARK: From groups to channels

  /// Repeats the value of each group for all its channels.
  package func spread(_ values: Tensor, along dimension: Int = 1) -> Tensor {
    count == channels ? values : values.indexSelect(dimension, table(.groupOfChannel, values.device))
  }

  /// Multiplies the channels of each group by a factor `[N, groups, …]`, which takes the type of the channels.
  package func scale(_ x: Tensor, by factors: Tensor) -> Tensor {
    let factors = factors.dtype == x.dtype ? factors : factors.to(x.dtype)
    guard let size = equalSize, size > 1 else { return x * spread(factors) }
    let shape = x.shape
    if shape.count == 4, !x.isContiguous() {
      let view = x.permute([0, 2, 3, 1]).reshape([shape[0], shape[2], shape[3], count, size])
      let scaled = view * factors.permute([0, 2, 3, 1]).unsqueeze(4)
      return scaled.reshape([shape[0], shape[2], shape[3], channels]).permute([0, 3, 1, 2])
    }
    let view = x.reshape(Shape([shape[0], count, size] + shape.dropFirst(2)))
    return (view * factors.unsqueeze(2)).reshape(shape)
  }

  /// Adds the values `[channels]` of each group's channels up, `[groups]`.
  package func sums(_ values: Tensor) -> Tensor {
    if let equalSize { return values.reshape([count, equalSize]).sum(along: 1) }
    return Tensor.zeros([count], dtype: values.dtype, device: values.device)
      .indexAdd(0, table(.groupOfChannel, values.device), values)
  }

  /// The mean of the values `[channels]` of each group, `[groups]`.
  package func means(_ values: Tensor) -> Tensor {
    if let equalSize { return values.reshape([count, equalSize]).mean(along: 1) }
    return sums(values) / Tensor(sizes.map(Double.init), shape: [count], dtype: values.dtype, device: values.device)
  }

  // MARK: Export

  /// Emits a view of images in which the channels of each group lie along axis 2.
  ///
  /// Groups of different sizes are filled up with zeros.
  package func emitView(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    if let equalSize { return graph.add(.unflatten(input, axis: 1, sizes: [count, equalSize])) }
    let longest = sizes.max() ?? 0
    var start = 0
    var (sources, mask): ([Int], [Float]) = ([], [])
    for size in sizes {
      for place in 0..<longest {
        sources.append(start + (place < size ? place : 0))
        mask.append(place < size ? 1 : 0)
      }
      start += size
    }
    let gathered = graph.add(.gather(input, axis: 1, indices: graph.indices(sources, named: "channels")))
    let factor = graph.tensor(Tensor(mask, shape: [mask.count, 1, 1]), named: "mask")
    let masked = graph.add(.combine(gathered, .multiply, factor))
    return graph.add(.unflatten(masked, axis: 1, sizes: [count, longest]))
  }

  /// Emits the repetition of each group's value for all its channels.
  package func emitSpread(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    if count == channels { return input }
    return graph.add(.gather(input, axis: 1, indices: graph.indices(groupOfChannel, named: "groups")))
  }

  private func table(_ content: Table.Content, _ device: Device) -> Tensor {
    let key = Table(content: content, device: device)
    if let known = tables[key] { return known }
    let values: [Int]
    switch content {
    case .groupOfChannel: values = groupOfChannel
    case .gatheredChannels:
      let starts = sizes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
      values = (order ?? []).flatMap { group in Array(starts[group]..<starts[group] + sizes[group]) }
    case .gatheredGroups:
      var places = [Int](repeating: 0, count: count)
      for (place, group) in (order ?? []).enumerated() { places[group] = place }
      values = places
    }
    let table = Tensor(values, shape: [values.count], device: device)
    tables[key] = table
    return table
  }
}

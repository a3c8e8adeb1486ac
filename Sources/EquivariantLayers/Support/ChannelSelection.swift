package import Layers
package import Tensors

/// Takes some channels, as a view where they are neighbors.
package final class ChannelSelection: SelfContained {
  package let channels: [Int]
  private var tables: [Device: Tensor] = [:]

  package init(_ channels: [Int]) { self.channels = channels }

  /// Whether these are `count` channels in their own order.
  package func isAll(of count: Int) -> Bool { channels == Array(0..<count) }

  /// The channels of `[N, C, …]`.
  package func callAsFunction(_ input: Tensor) -> Tensor {
    if isAll(of: input.shape[1]) { return input }
    if let first = channels.first, channels == Array(first..<first + channels.count) {
      return input.narrow(1, start: first, length: channels.count)
    }
    return input.indexSelect(1, table(on: input.device))
  }

  /// The entries of a vector at these positions.
  package func entries(of vector: Tensor) -> Tensor {
    isAll(of: vector.shape[0]) ? vector : vector.indexSelect(0, table(on: vector.device))
  }

  private func table(on device: Device) -> Tensor {
    if let known = tables[device] { return known }
    let table = Tensor(channels, shape: [channels.count], device: device)
    tables[device] = table
    return table
  }

  /// The plain layer that takes the channels of an input with `count` channels.
  package func layer(of count: Int) -> Layer {
    isAll(of: count) ? Identity() : ChannelPermutation(channels, of: count)
  }
}

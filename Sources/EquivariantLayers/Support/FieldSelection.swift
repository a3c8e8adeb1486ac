package import Layers
package import Tensors

/// Takes channels in another order, or some of them, on any device.
package final class FieldSelection: SelfContained {
  /// The channel that each channel is read from.
  package let sources: [Int]
  private let channels: Int
  /// The range of consecutive channels, which need no copy.
  private let range: Range<Int>?
  private var indices: [Device: Tensor] = [:]

  /// Selects from a number of channels.
  package init(_ sources: [Int], of channels: Int) {
    self.sources = sources
    self.channels = channels
    let first = sources.first ?? 0
    let isConsecutive = zip(sources, first...).allSatisfy { $0 == $1 }
    range = isConsecutive ? first..<(first + sources.count) : nil
  }

  /// Selects the channels of some fields, in the order given.
  package convenience init(_ type: FieldType, fields: [Int]) {
    self.init(fields.flatMap { Array(type.channels[$0]) }, of: type.size)
  }

  /// Whether all channels stay where they are.
  package var isIdentity: Bool { range == 0..<channels }

  /// The selected channels of `[N, C, H, W]`.
  package func callAsFunction(_ tensor: Tensor) -> Tensor {
    if isIdentity { return tensor }
    if let range { return tensor.narrow(1, start: range.lowerBound, length: range.count) }
    return tensor.indexSelect(1, index(on: tensor.device))
  }

  private func index(on device: Device) -> Tensor {
    if let known = indices[device] { return known }
    let index = Tensor(sources, shape: [sources.count], device: device)
    indices[device] = index
    return index
  }

  /// A plain layer that does the same.
  package var layer: Layer { isIdentity ? Identity() : ChannelPermutation(sources, of: channels) }
}

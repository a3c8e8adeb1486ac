import Layers
import Symmetry
package import Tensors

/// Carries values from fields to channels, on any device.
package final class ChannelMap: SelfContained {
  package let type: FieldType
  private var indices: [Device: Tensor] = [:]
  private var counts: [Device: Tensor] = [:]

  package init(_ type: FieldType) { self.type = type }

  /// For each channel the position of its field.
  package func index(on device: Device) -> Tensor {
    if let known = indices[device] { return known }
    let index = Tensor(type.fieldOfChannel, shape: [type.size], device: device)
    indices[device] = index
    return index
  }

  /// Repeats the value of each field for all its channels.
  package func spread(_ values: Tensor, along dimension: Int) -> Tensor {
    type.count == type.size ? values : values.indexSelect(dimension, index(on: values.device))
  }

  /// The number of channels of each field.
  package func sizes(on device: Device) -> Tensor {
    if let known = counts[device] { return known }
    let sizes = Tensor(
      type.representations.map { Double($0.size) }, shape: [type.count], dtype: .float32, device: device)
    counts[device] = sizes
    return sizes
  }
}

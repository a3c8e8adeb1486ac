import Symmetry
package import Tensors

/// Carries values from fields to channels and back, on any device.
package final class ChannelMap {
  package let type: FieldType
  private var indices: [Device: Tensor] = [:]

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

  /// The mean of each field's channels of a vector `[C]`, as a vector `[fields]`.
  package func fieldMeans(_ values: Tensor) -> Tensor {
    if type.count == type.size { return values }
    let sizes = Set(type.representations.map(\.size))
    if sizes.count == 1, let size = sizes.first {
      return values.reshape([type.count, size]).mean(along: 1)
    }
    let counts = Tensor(
      type.representations.map { Double($0.size) }, shape: [type.count], dtype: values.dtype, device: values.device)
    let zeros = Tensor.zeros([type.count], dtype: values.dtype, device: values.device)
    return zeros.indexAdd(0, index(on: values.device), values) / counts
  }
}

import EquivariantLayers
import Tensors

/// Numbers for each channel, as an exported network has them, and one number for each field.
enum ChannelStatistics {
  /// The mean over each field's channels, and the largest distance from it relative to the largest number.
  static func perField(_ channels: Tensor, _ type: FieldType) -> (fields: [Double], residual: Double) {
    let values: [Double] = channels.to(.float64).scalars()
    var fields: [Double] = []
    var distance = 0.0
    for range in type.channels {
      let mean = values[range].reduce(0, +) / Double(range.count)
      distance = max(distance, values[range].map { abs($0 - mean) }.max() ?? 0)
      fields.append(mean)
    }
    let largest = values.map(abs).max() ?? 0
    return (fields, largest > 0 ? distance / largest : 0)
  }
}

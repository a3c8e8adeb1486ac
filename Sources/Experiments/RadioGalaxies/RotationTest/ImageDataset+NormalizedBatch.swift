internal import Datasets
internal import Foundation
internal import Tensors

extension ImageDataset {
  /// Images as a network sees them.
  func normalizedBatch(_ indices: [Int], by normalization: ImageStatistics?, on device: Device = .cpu) -> Tensor {
    var values = gathered(indices)
    normalization?.normalize(&values, imageShape: imageShape)
    return Tensor(values, shape: imageShape.batch(indices.count), device: device)
  }
}

extension Double {
  /// The natural logarithm.
  var logarithm: Double { log(self) }
}

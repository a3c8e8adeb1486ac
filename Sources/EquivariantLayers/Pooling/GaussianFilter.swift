import Foundation
import Layers
package import Tensors

/// A normalized Gaussian that smooths every channel by itself.
package final class GaussianFilter: SelfContained {
  package let size: Int
  package let weights: [Double]
  private var kept: (filter: Tensor, channels: Int)?

  /// Creates a filter of `2 · round(extent · sigma) + 1` pixels.
  package init(sigma: Double, extent: Double) {
    let size = 2 * Int((extent * sigma).rounded(.toNearestOrEven)) + 1
    let center = Double(size - 1) / 2
    var values: [Double] = []
    for row in 0..<size {
      for column in 0..<size {
        let squared =
          (Double(row) - center) * (Double(row) - center) + (Double(column) - center) * (Double(column) - center)
        values.append(exp(-squared / (2 * sigma * sigma)))
      }
    }
    let sum = values.reduce(0, +)
    self.size = size
    // Rounded once, so that the layer and its export hold the same numbers in every precision.
    weights = values.map { Double(Float($0 / sum)) }
  }

  /// The filter `[channels, 1, size, size]`.
  package func filter(channels: Int, dtype: DType = .float32, device: Device = .cpu) -> Tensor {
    if let kept, kept.channels == channels, kept.filter.dtype == dtype, kept.filter.device == device {
      return kept.filter
    }
    let one = Tensor(weights, shape: [1, 1, size, size], dtype: dtype, device: device)
    let filter = one.expand(to: [channels, 1, size, size]).contiguous()
    kept = (filter, channels)
    return filter
  }

  /// The kernel `[size, size]`.
  package var kernel: Tensor { Tensor(weights, shape: [size, size], dtype: .float32) }

  /// Smooths images and keeps one pixel in `stride`.
  package func callAsFunction(_ input: Tensor, stride: Int, padding: [Int]) -> Tensor {
    self(maximum: 1, padding: 0, of: input, stride: stride, margin: padding)
  }

  /// Smooths the maxima over windows of `size` pixels, which move by single pixels, and keeps one in `stride`.
  ///
  /// - Parameters:
  ///   - padding: Pixels at each side of the input that never are the maximum.
  ///   - margin: Rows and columns of zeros around the maxima.
  package func callAsFunction(maximum size: Int, padding: Int, of input: Tensor, stride: Int, margin: [Int]) -> Tensor {
    if Torch.areLoopsOptimized, input.device == .cpu, [.float32, .float64, .bfloat16].contains(input.dtype) {
      return input.smoothedMaxPool2d(size, padding: padding, filter: weights, stride: stride, margin: margin)
    }
    let maxima = size == 1 ? input : input.maxPool2d(size, stride: 1, padding: padding)
    let channels = input.shape[1]
    return withAutocast(enabled: false) {
      maxima.conv2d(
        filter(channels: channels, dtype: input.dtype, device: input.device), bias: nil, stride: stride,
        padding: margin, groups: channels)
    }
  }
}

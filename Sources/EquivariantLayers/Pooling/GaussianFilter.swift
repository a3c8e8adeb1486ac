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
    let channels = input.shape[1]
    // The backward pass of depthwise convolutions is several times slower in bfloat16 on processors.
    let widens = input.dtype == .bfloat16 && input.device == .cpu && input.requiresGradient && isGradientEnabled
    let source = widens ? input.to(.float32) : input
    let result = withAutocast(enabled: false) {
      source.conv2d(
        filter(channels: channels, dtype: source.dtype, device: input.device), bias: nil, stride: stride,
        padding: padding, groups: channels)
    }
    return widens ? result.to(input.dtype) : result
  }
}

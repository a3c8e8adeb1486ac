import Layers
package import Tensors

/// Mean and (biased) variance of every channel over the batch and all pixels, without history, at least in float32.
///
/// Where processes share a batch, it is that of all.
package struct ChannelMoments {
  /// The mean of each channel, `[C]`.
  package let mean: Tensor
  /// The mean squared distance from it, `[C]`.
  package let variance: Tensor
  /// Over how many values each channel's moments run.
  package let positions: Int

  /// The moments of `[N, C, H, W]`, by the engine's kernels in either memory layout.
  ///
  /// **Traps**: when there is not even one value.
  package init(_ input: Tensor, name: String) {
    let channels = input.shape[1]
    let positions = input.count / channels
    require(positions > 0, name, "an input of shape \(input.shape) has no statistics")
    let dtype: DType = input.dtype == .float64 ? .float64 : .float32
    (mean, variance, self.positions) = withoutGradient {
      // Running statistics of a wider type make the kernel compute in that type; these ones are thrown away.
      let scratch = Tensor.zeros([channels], dtype: dtype, device: input.device)
      let results = Torch.call(
        "aten::batch_norm_update_stats",
        [.tensor(input.detach()), .tensor(scratch), .tensor(scratch.clone()), .double(0)])
      guard results.count == 2, let mean = results[0].tensor, let variance = results[1].tensor else {
        fail(name, "the engine gave no statistics")
      }
      return BatchShare.pooled(mean: mean.to(dtype), variance: variance.to(dtype), positions: positions)
    }
  }

  /// The mean square of each channel, `[C]`.
  package var meanSquare: Tensor { variance + mean.square() }

  /// What makes a variance over `count` values unbiased.
  package static func correction(_ count: Int) -> Double { count > 1 ? Double(count) / Double(count - 1) : 1 }
}

// Convolutions of images with filters that are sums of few functions, which all channels share.
#pragma once

#include "FilterBank.hpp"
#include "MatrixProducts.hpp"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace steerable::factorized {

/// The windows and the functions, ordered by parity as in `bank::Functions`.
struct Settings {
  int64_t kernelSize;
  std::vector<int64_t> counts, stride, padding;

  int64_t functions() const { return counts[0] + counts[1] + counts[2] + counts[3]; }

  bank::Windows windows(const at::Tensor &input) const;

  /// The functions as full windows `[functions, k, k]`, from their quadrants.
  at::Tensor unfolded(const at::Tensor &quadrants) const;
};

/// The outputs `[N, outputs, H, W]`, without gradients, or the positive part of them.
///
/// `weights` is `[functions · channels, outputs]`; the quadrants of the functions lie in float64 one after the other.
template <typename Stored>
at::Tensor convolve(
  const at::Tensor &input, const RightFactor<Stored> &weights, int64_t outputs, const std::optional<at::Tensor> &bias,
  const at::Tensor &quadrants, const Settings &settings, bool isRectified);

}  // namespace steerable::factorized

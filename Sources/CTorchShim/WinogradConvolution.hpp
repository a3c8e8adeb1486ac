// Convolutions with windows of 3² pixels by Winograd's minimal filtering, from filters that are prepared for it.
#pragma once

#include "MatrixProducts.hpp"
#include "WinogradTransforms.hpp"

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <optional>

namespace steerable::winograd {

/// The right factors of the products, one matrix each, and the memory that they use.
template <typename Stored>
class Factors {
 public:
  /// Of filters `[out, in, 3, 3]`: `[in, out]` for the outputs, `[out, in]` for the gradients of the inputs.
  Factors(const at::Tensor &filter, bool isTransposed);

  /// `[in, out]` from `blocks()` of others of that shape.
  Factors(const at::Tensor &blocks, int64_t inputs, int64_t outputs);

  /// The matrices in blocks, to be kept, where blocks are multiplied.
  at::Tensor blocks() const;

  const RightFactor<Stored> &operator[](int64_t product) const { return matrices_[product]; }

 private:
  at::Tensor values_;
  std::array<RightFactor<Stored>, products> matrices_;
};

/// The outputs `[N, outputs, H, W]` with steps of one pixel, without gradients, or the positive part of them.
template <typename Stored>
at::Tensor convolve(
  const at::Tensor &input, const Factors<Stored> &factors, int64_t outputs, const std::optional<at::Tensor> &bias,
  at::IntArrayRef padding, bool isRectified);

}  // namespace steerable::winograd

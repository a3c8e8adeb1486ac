// Convolutions of networks that no longer change, factorized: the functions that all filters share are applied to each
// channel, then comes one product with a matrix that was arranged when the network was prepared.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace steerable {

/// What the engine's operator `steerable::factorized_convolution` needs of a convolution's filters.
struct FactorizedConstants {
  /// The coefficients of all filters, in blocks.
  at::Tensor coefficients;
  /// The upper left quadrants of the functions, float64, by parity.
  at::Tensor quadrants;
  std::vector<int64_t> counts;
};

/// The filters `[out, in, k, k]` in that form; none where the plain convolution is as good.
std::optional<FactorizedConstants> factorizedConstants(const at::Tensor &filters);

}  // namespace steerable

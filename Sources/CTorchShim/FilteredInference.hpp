// Convolutions with 3 × 3 pixels of networks that no longer change, by minimal filtering.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

namespace steerable {

/// The filters `[out, in, 3, 3]` for the engine's operator `steerable::filtered_convolution`, in blocks for products; none
/// where the plain convolution is as good.
std::optional<at::Tensor> filteredConstants(const at::Tensor &filters);

}  // namespace steerable

// The memory layout in which this library's own loops work.
#pragma once

#include <ATen/core/Tensor.h>

namespace steerable {

/// Images with the channels of a pixel side by side; the same tensor where it is so.
inline at::Tensor channelsLast(const at::Tensor &images) {
  // A permuted copy is exact also for one channel or one pixel, where strides do not tell the layouts apart.
  return images.permute({0, 2, 3, 1}).contiguous().permute({0, 3, 1, 2});
}

}  // namespace steerable

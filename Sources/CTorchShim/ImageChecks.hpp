// What convolutions demand of the shape of their images.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace steerable {

/// Refuses what is not `[N, channels, H, W]` or, with its padding, smaller than the kernel.
inline void checkImages(
  const at::Tensor &images, int64_t channels, int64_t kernelSize, at::IntArrayRef padding
) {
  TORCH_CHECK(
    images.dim() == 4 && images.size(1) == channels, "expected images [N, C, H, W] with ", channels,
    " channels, got ", images.sizes());
  TORCH_CHECK(
    images.size(2) + 2 * padding[0] >= kernelSize && images.size(3) + 2 * padding[1] >= kernelSize, "images of ",
    images.size(2), " × ", images.size(3), " pixels are smaller than the kernel");
}

}  // namespace steerable

#include "FilteredInference.hpp"

#include "ImageChecks.hpp"
#include "WinogradConvolution.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/library.h>

#include <algorithm>

namespace steerable {

std::optional<at::Tensor> filteredConstants(const at::Tensor &filters) {
  const at::ScalarType type = filters.scalar_type();
  if (filters.size(2) != 3 || filters.size(3) != 3 || !hasProducts(type) || !multipliesBlocks(type)) {
    return std::nullopt;
  }
  // With fewer channels than a vector has numbers the sums before and after the products cost more than is saved.
  if (std::min(filters.size(0), filters.size(1)) < Lanes<float>::count) return std::nullopt;
  return dispatched(type, [&](auto number) {
    using Stored = decltype(number);
    return winograd::Factors<Stored>(filters.to(c10::CppTypeToScalarType<Number<Stored>>::value), false).blocks();
  });
}

TORCH_LIBRARY_FRAGMENT(steerable, library) {
  library.def(
    "filtered_convolution(Tensor images, Tensor factors, Tensor bias, int channels, int[] padding, "
    "bool is_rectified) -> Tensor",
    [](
      const at::Tensor &images, const at::Tensor &factors, const at::Tensor &bias, int64_t channels,
      at::IntArrayRef padding, bool isRectified
    ) {
      checkTypes(images, bias, bias);
      checkImages(images, channels, 3, padding);
      at::AutoDispatchBelowADInplaceOrView below;
      return dispatched(images.scalar_type(), [&](auto number) {
        using Stored = decltype(number);
        const winograd::Factors<Stored> matrices(factors, channels, bias.size(0));
        return winograd::convolve<Stored>(images, matrices, bias.size(0), bias, padding, isRectified);
      });
    });
}

}  // namespace steerable

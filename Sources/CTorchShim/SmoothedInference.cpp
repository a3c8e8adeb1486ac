// The engine's operator for maxima that are smoothed before pixels are left out; see SmoothedPooling.
#include "Guard.hpp"

#include <ATen/core/ivalue.h>
#include <torch/library.h>

namespace steerable {

namespace {

at::Tensor smoothedMaxPool(
  const at::Tensor &images, int64_t size, int64_t padding, const c10::List<double> &filter, int64_t taps,
  int64_t stride, at::IntArrayRef margin
) {
  const std::vector<double> weights = filter.vec();
  const std::vector<intptr_t> margins(margin.begin(), margin.end());
  TSError error{};
  const TSTensor result = ts_smoothed_max_pool(
    reinterpret_cast<TSTensor>(images.unsafeGetTensorImpl()), size, padding, weights.data(), taps, stride,
    margins.data(), &error);
  if (!result) {
    const std::string message = error.message ? error.message : "";
    ts_error_free(&error);
    TORCH_CHECK(false, message);
  }
  const at::Tensor pooled = retained(result);
  ts_release(result);
  return pooled;
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(steerable, library) {
  library.def(
    "smoothed_max_pool(Tensor images, int size, int padding, float[] filter, int taps, int stride, int[] margin) -> "
    "Tensor",
    smoothedMaxPool);
}

}  // namespace steerable

#include "Results.hpp"

#include <ATen/ops/adaptive_avg_pool1d.h>
#include <ATen/ops/adaptive_avg_pool2d.h>
#include <ATen/ops/adaptive_avg_pool3d.h>
#include <ATen/ops/adaptive_max_pool1d.h>
#include <ATen/ops/adaptive_max_pool2d.h>
#include <ATen/ops/adaptive_max_pool3d.h>
#include <ATen/ops/avg_pool1d.h>
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/avg_pool3d.h>
#include <ATen/ops/max_pool1d.h>
#include <ATen/ops/max_pool1d_with_indices.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/max_pool2d_with_indices.h>
#include <ATen/ops/max_pool3d.h>
#include <ATen/ops/max_pool3d_with_indices.h>

using namespace steerable;

TSTensor ts_max_pool(
  TSTensor input, intptr_t rank, const intptr_t *kernel, const intptr_t *stride, const intptr_t *padding,
  const intptr_t *dilation, bool roundsUp, TSError *error
) noexcept {
  return guard(error, [&] {
    at::IntArrayRef k = integers(kernel, rank), s = integers(stride, rank), p = integers(padding, rank), d = integers(dilation, rank);
    switch (rank) {
      case 1: return wrap(at::max_pool1d(unwrap(input), k, s, p, d, roundsUp));
      case 2: return wrap(at::max_pool2d(unwrap(input), k, s, p, d, roundsUp));
      default: return wrap(at::max_pool3d(unwrap(input), k, s, p, d, roundsUp));
    }
  });
}

bool ts_max_pool_with_indices(
  TSTensor input, intptr_t rank, const intptr_t *kernel, const intptr_t *stride, const intptr_t *padding,
  const intptr_t *dilation, bool roundsUp, TSTensor *results, TSError *error
) noexcept {
  return guard(error, [&] {
    at::IntArrayRef k = integers(kernel, rank), s = integers(stride, rank), p = integers(padding, rank), d = integers(dilation, rank);
    switch (rank) {
      case 1: return wrapAll(at::max_pool1d_with_indices(unwrap(input), k, s, p, d, roundsUp), results);
      case 2: return wrapAll(at::max_pool2d_with_indices(unwrap(input), k, s, p, d, roundsUp), results);
      default: return wrapAll(at::max_pool3d_with_indices(unwrap(input), k, s, p, d, roundsUp), results);
    }
  });
}

TSTensor ts_average_pool(
  TSTensor input, intptr_t rank, const intptr_t *kernel, const intptr_t *stride, const intptr_t *padding, bool roundsUp,
  bool countsPadding, intptr_t divisor, TSError *error
) noexcept {
  return guard(error, [&] {
    at::IntArrayRef k = integers(kernel, rank), s = integers(stride, rank), p = integers(padding, rank);
    std::optional<intptr_t> by = divisor == 0 ? std::nullopt : std::optional<intptr_t>(divisor);
    switch (rank) {
      case 1: return wrap(at::avg_pool1d(unwrap(input), k, s, p, roundsUp, countsPadding));
      case 2: return wrap(at::avg_pool2d(unwrap(input), k, s, p, roundsUp, countsPadding, by));
      default: return wrap(at::avg_pool3d(unwrap(input), k, s, p, roundsUp, countsPadding, by));
    }
  });
}

TSTensor ts_adaptive_average_pool(TSTensor input, intptr_t rank, const intptr_t *size, TSError *error) noexcept {
  return guard(error, [&] {
    switch (rank) {
      case 1: return wrap(at::adaptive_avg_pool1d(unwrap(input), integers(size, rank)));
      case 2: return wrap(at::adaptive_avg_pool2d(unwrap(input), integers(size, rank)));
      default: return wrap(at::adaptive_avg_pool3d(unwrap(input), integers(size, rank)));
    }
  });
}

bool ts_adaptive_max_pool(TSTensor input, intptr_t rank, const intptr_t *size, TSTensor *results, TSError *error) noexcept {
  return guard(error, [&] {
    switch (rank) {
      case 1: return wrapAll(at::adaptive_max_pool1d(unwrap(input), integers(size, rank)), results);
      case 2: return wrapAll(at::adaptive_max_pool2d(unwrap(input), integers(size, rank)), results);
      default: return wrapAll(at::adaptive_max_pool3d(unwrap(input), integers(size, rank)), results);
    }
  });
}

#include "Guard.hpp"

#include <ATen/ops/amax.h>
#include <ATen/ops/amin.h>
#include <ATen/ops/logsumexp.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/sum.h>
#include <ATen/ops/var.h>

#include <numeric>

using namespace steerable;

TSTensor ts_reduce(
  TSReduction operation, TSTensor x, const intptr_t *dimensions, intptr_t count, bool keep, TSError *error
) noexcept {
  return guard(error, [&]() -> TSTensor {
    auto tensor = unwrap(x);
    std::vector<int64_t> all;
    at::IntArrayRef along;
    if (dimensions != nullptr) {
      along = integers(dimensions, count);
    } else {
      all.resize(tensor->dim());
      std::iota(all.begin(), all.end(), 0);
      along = all;
    }
    switch (operation) {
      case TSReductionSum: return wrap(at::sum(*tensor, along, keep));
      case TSReductionMean: return wrap(at::mean(*tensor, along, keep));
      case TSReductionMaximum: return wrap(at::amax(*tensor, along, keep));
      case TSReductionMinimum: return wrap(at::amin(*tensor, along, keep));
      case TSReductionLogSumExp: return wrap(at::logsumexp(*tensor, along, keep));
    }
    TORCH_CHECK(false, "unknown operation");
  });
}

TSTensor ts_variance(
  TSTensor x, const intptr_t *dimensions, intptr_t count, double correction, bool keep, TSError *error
) noexcept {
  return guard(error, [&] {
    at::OptionalIntArrayRef along;
    if (dimensions != nullptr) along = integers(dimensions, count);
    return wrap(at::var(unwrap(x), along, std::optional<at::Scalar>(correction), keep));
  });
}

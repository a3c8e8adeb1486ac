#include "FieldNormalization.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/batch_norm.h>
#include <ATen/ops/group_norm.h>
#include <ATen/ops/instance_norm.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/ones.h>

using namespace steerable;

TSTensor ts_batch_norm(
  TSTensor input, TSTensor weight, TSTensor bias, TSTensor runningMean, TSTensor runningVariance, bool isTraining,
  double momentum, double epsilon, TSError *error
) noexcept {
  return guard(error, [&] {
    const at::Tensor x = retained(input);
    TORCH_CHECK(x.dim() >= 2, "expected an input [N, C, …], got rank ", x.dim());
    const BatchShare share = isTraining ? BatchShare::current() : BatchShare();
    if (share.group) {
      // Every channel is a field of its own.
      const bool isDouble = x.scalar_type() == at::kDouble;
      return wrap(fieldBatchNorm(
        x, optional(weight), optional(bias), at::arange(x.size(1), x.options().dtype(at::kLong)),
        at::ones({x.size(1)}, x.options().dtype(isDouble ? at::kDouble : at::kFloat)), optional(runningMean),
        optional(runningVariance), momentum, epsilon, share.group));
    }
    TORCH_CHECK(
        !isTraining || x.numel() != x.size(1),
        "expected more than one value per channel when training, got an input of shape ", x.sizes());
    return wrap(at::batch_norm(
        x, optional(weight), optional(bias), optional(runningMean), optional(runningVariance), isTraining, momentum,
        epsilon, true));
  });
}

TSTensor ts_layer_norm(
  TSTensor input, const intptr_t *shape, intptr_t count, TSTensor weight, TSTensor bias, double epsilon,
  TSError *error
) noexcept {
  return guard(error, [&] {
    return wrap(at::layer_norm(unwrap(input), integers(shape, count), optional(weight), optional(bias), epsilon));
  });
}

TSTensor ts_group_norm(
  TSTensor input, intptr_t groups, TSTensor weight, TSTensor bias, double epsilon, TSError *error
) noexcept {
  return guard(error, [&] {
    return wrap(at::group_norm(unwrap(input), groups, optional(weight), optional(bias), epsilon));
  });
}

TSTensor ts_instance_norm(TSTensor input, TSTensor weight, TSTensor bias, double epsilon, TSError *error) noexcept {
  return guard(error, [&] {
    return wrap(at::instance_norm(
        unwrap(input), optional(weight), optional(bias), std::nullopt, std::nullopt, true, 0, epsilon, true));
  });
}

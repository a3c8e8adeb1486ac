#include "Guard.hpp"

#include <ATen/ops/binary_cross_entropy.h>
#include <ATen/ops/binary_cross_entropy_with_logits.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/huber_loss.h>
#include <ATen/ops/kl_div.h>
#include <ATen/ops/l1_loss.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/nll_loss_nd.h>
#include <ATen/ops/smooth_l1_loss.h>

using namespace steerable;

namespace {

// Broadcasting a target of another shape is nearly always a mistake, so losses refuse it.
void checkSameShape(const at::Tensor &input, const at::Tensor &target) {
  TORCH_CHECK(
      input.sizes() == target.sizes(), "expected a target of the input's shape ", input.sizes(), ", got ",
      target.sizes());
}

}  // namespace

TSTensor ts_cross_entropy(
  TSTensor logits, TSTensor targets, TSTensor weight, intptr_t reduction, intptr_t ignoredIndex, double labelSmoothing,
  TSError *error
) noexcept {
  return guard(error, [&] {
    return wrap(at::cross_entropy_loss(
        unwrap(logits), unwrap(targets), optional(weight), reduction, ignoredIndex, labelSmoothing));
  });
}

TSTensor ts_negative_log_likelihood(
  TSTensor logProbabilities, TSTensor targets, TSTensor weight, intptr_t reduction, intptr_t ignoredIndex,
  TSError *error
) noexcept {
  return guard(error, [&] {
    return wrap(at::nll_loss_nd(unwrap(logProbabilities), unwrap(targets), optional(weight), reduction, ignoredIndex));
  });
}

TSTensor ts_mean_squared_error(TSTensor input, TSTensor target, intptr_t reduction, TSError *error) noexcept {
  return guard(error, [&] {
    checkSameShape(unwrap(input), unwrap(target));
    return wrap(at::mse_loss(unwrap(input), unwrap(target), reduction));
  });
}

TSTensor ts_l1_loss(TSTensor input, TSTensor target, intptr_t reduction, TSError *error) noexcept {
  return guard(error, [&] {
    checkSameShape(unwrap(input), unwrap(target));
    return wrap(at::l1_loss(unwrap(input), unwrap(target), reduction));
  });
}

TSTensor ts_smooth_l1_loss(TSTensor input, TSTensor target, intptr_t reduction, double beta, TSError *error) noexcept {
  return guard(error, [&] {
    checkSameShape(unwrap(input), unwrap(target));
    return wrap(at::smooth_l1_loss(unwrap(input), unwrap(target), reduction, beta));
  });
}

TSTensor ts_huber_loss(TSTensor input, TSTensor target, intptr_t reduction, double delta, TSError *error) noexcept {
  return guard(error, [&] {
    checkSameShape(unwrap(input), unwrap(target));
    return wrap(at::huber_loss(unwrap(input), unwrap(target), reduction, delta));
  });
}

TSTensor ts_binary_cross_entropy(
  TSTensor input, TSTensor target, TSTensor weight, intptr_t reduction, TSError *error
) noexcept {
  return guard(error, [&] {
    checkSameShape(unwrap(input), unwrap(target));
    return wrap(at::binary_cross_entropy(unwrap(input), unwrap(target), optional(weight), reduction));
  });
}

TSTensor ts_binary_cross_entropy_with_logits(
  TSTensor input, TSTensor target, TSTensor weight, TSTensor positiveWeight, intptr_t reduction, TSError *error
) noexcept {
  return guard(error, [&] {
    checkSameShape(unwrap(input), unwrap(target));
    return wrap(at::binary_cross_entropy_with_logits(
        unwrap(input), unwrap(target), optional(weight), optional(positiveWeight), reduction));
  });
}

TSTensor ts_kl_divergence(TSTensor input, TSTensor target, intptr_t reduction, bool isLogTarget, TSError *error) noexcept {
  return guard(error, [&] {
    checkSameShape(unwrap(input), unwrap(target));
    return wrap(at::kl_div(unwrap(input), unwrap(target), reduction, isLogTarget));
  });
}

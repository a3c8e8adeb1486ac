#include "Guard.hpp"

#include <ATen/ops/elu.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/hardtanh.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/log_sigmoid.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/prelu.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/selu.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/softplus.h>

using namespace steerable;

TSTensor ts_relu(TSTensor input, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::relu(unwrap(input))); });
}

TSTensor ts_elu(TSTensor input, double alpha, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::elu(unwrap(input), alpha)); });
}

TSTensor ts_leaky_relu(TSTensor input, double slope, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::leaky_relu(unwrap(input), slope)); });
}

TSTensor ts_selu(TSTensor input, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::selu(unwrap(input))); });
}

TSTensor ts_silu(TSTensor input, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::silu(unwrap(input))); });
}

TSTensor ts_gelu(TSTensor input, bool approximates, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::gelu(unwrap(input), approximates ? "tanh" : "none")); });
}

TSTensor ts_softplus(TSTensor input, double beta, double threshold, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::softplus(unwrap(input), beta, threshold)); });
}

TSTensor ts_sigmoid(TSTensor input, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::sigmoid(unwrap(input))); });
}

TSTensor ts_log_sigmoid(TSTensor input, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::log_sigmoid(unwrap(input))); });
}

TSTensor ts_hardtanh(TSTensor input, double minimum, double maximum, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::hardtanh(unwrap(input), minimum, maximum)); });
}

TSTensor ts_prelu(TSTensor input, TSTensor slope, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::prelu(unwrap(input), unwrap(slope))); });
}

TSTensor ts_softmax(TSTensor input, intptr_t axis, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::softmax(unwrap(input), axis)); });
}

TSTensor ts_log_softmax(TSTensor input, intptr_t axis, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::log_softmax(unwrap(input), axis)); });
}

#include "Guard.hpp"

#include <ATen/ops/bmm.h>
#include <ATen/ops/einsum.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>

using namespace steerable;

TSTensor ts_matmul(TSTensor a, TSTensor b, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::matmul(unwrap(a), unwrap(b))); });
}

TSTensor ts_bmm(TSTensor a, TSTensor b, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::bmm(unwrap(a), unwrap(b))); });
}

TSTensor ts_linear(TSTensor x, TSTensor weight, TSTensor bias, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::linear(unwrap(x), unwrap(weight), optional(bias))); });
}

TSTensor ts_einsum(const char *equation, const TSTensor *list, intptr_t count, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::einsum(equation, tensors(list, count))); });
}

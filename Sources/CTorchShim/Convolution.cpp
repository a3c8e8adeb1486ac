#include "Guard.hpp"

#include <ATen/ops/conv1d.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv3d.h>
#include <ATen/ops/conv_transpose1d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/conv_transpose3d.h>
#include <ATen/ops/pad.h>

using namespace steerable;

TSTensor ts_convolution(
  TSTensor input, TSTensor weight, TSTensor bias, intptr_t rank, const intptr_t *stride, const intptr_t *padding,
  const intptr_t *dilation, intptr_t groups, TSError *error
) noexcept {
  return guard(error, [&] {
    at::IntArrayRef s = integers(stride, rank), p = integers(padding, rank), d = integers(dilation, rank);
    auto b = optional(bias);
    switch (rank) {
      case 1: return wrap(at::conv1d(unwrap(input), unwrap(weight), b, s, p, d, groups));
      case 2: return wrap(at::conv2d(unwrap(input), unwrap(weight), b, s, p, d, groups));
      default: return wrap(at::conv3d(unwrap(input), unwrap(weight), b, s, p, d, groups));
    }
  });
}

TSTensor ts_convolution_transposed(
  TSTensor input, TSTensor weight, TSTensor bias, intptr_t rank, const intptr_t *stride, const intptr_t *padding,
  const intptr_t *outputPadding, const intptr_t *dilation, intptr_t groups, TSError *error
) noexcept {
  return guard(error, [&] {
    at::IntArrayRef s = integers(stride, rank), p = integers(padding, rank), o = integers(outputPadding, rank);
    at::IntArrayRef d = integers(dilation, rank);
    auto b = optional(bias);
    switch (rank) {
      case 1: return wrap(at::conv_transpose1d(unwrap(input), unwrap(weight), b, s, p, o, groups, d));
      case 2: return wrap(at::conv_transpose2d(unwrap(input), unwrap(weight), b, s, p, o, groups, d));
      default: return wrap(at::conv_transpose3d(unwrap(input), unwrap(weight), b, s, p, o, groups, d));
    }
  });
}

TSTensor ts_pad(
  TSTensor input, const intptr_t *amounts, intptr_t count, const char *mode, double value, TSError *error
) noexcept {
  return guard(error, [&] {
    c10::string_view name(mode);
    std::optional<double> fill = name == "constant" ? std::optional<double>(value) : std::nullopt;
    return wrap(at::pad(unwrap(input), integers(amounts, count), name, fill));
  });
}

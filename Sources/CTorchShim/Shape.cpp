#include "Guard.hpp"

#include <ATen/ops/cat.h>
#include <ATen/ops/flatten.h>
#include <ATen/ops/flip.h>
#include <ATen/ops/gather.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/narrow.h>
#include <ATen/ops/permute.h>
#include <ATen/ops/reshape.h>
#include <ATen/ops/select.h>
#include <ATen/ops/slice.h>
#include <ATen/ops/squeeze.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/transpose.h>
#include <ATen/ops/unsqueeze.h>

using namespace steerable;

TSTensor ts_reshape(TSTensor x, const intptr_t *sizes, intptr_t rank, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::reshape(unwrap(x), integers(sizes, rank))); });
}

TSTensor ts_view(TSTensor x, const intptr_t *sizes, intptr_t rank, TSError *error) noexcept {
  return guard(error, [&] { return wrap(unwrap(x)->view(integers(sizes, rank))); });
}

TSTensor ts_expand(TSTensor x, const intptr_t *sizes, intptr_t rank, TSError *error) noexcept {
  return guard(error, [&] { return wrap(unwrap(x)->expand(integers(sizes, rank))); });
}

TSTensor ts_permute(TSTensor x, const intptr_t *order, intptr_t rank, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::permute(unwrap(x), integers(order, rank))); });
}

TSTensor ts_transpose(TSTensor x, intptr_t a, intptr_t b, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::transpose(*unwrap(x), int64_t(a), int64_t(b))); });
}

TSTensor ts_flatten(TSTensor x, intptr_t first, intptr_t last, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::flatten(*unwrap(x), int64_t(first), int64_t(last))); });
}

TSTensor ts_squeeze_all(TSTensor x, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::squeeze(unwrap(x))); });
}

TSTensor ts_squeeze(TSTensor x, intptr_t dimension, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::squeeze(*unwrap(x), int64_t(dimension))); });
}

TSTensor ts_unsqueeze(TSTensor x, intptr_t dimension, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::unsqueeze(unwrap(x), dimension)); });
}

TSTensor ts_concatenate(const TSTensor *list, intptr_t count, intptr_t dimension, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::cat(tensors(list, count), int64_t(dimension))); });
}

TSTensor ts_stack(const TSTensor *list, intptr_t count, intptr_t dimension, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::stack(tensors(list, count), dimension)); });
}

TSTensor ts_narrow(TSTensor x, intptr_t dimension, intptr_t start, intptr_t length, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::narrow(*unwrap(x), dimension, int64_t(start), int64_t(length))); });
}

TSTensor ts_select(TSTensor x, intptr_t dimension, intptr_t index, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::select(*unwrap(x), int64_t(dimension), int64_t(index))); });
}

TSTensor ts_slice(
  TSTensor x, intptr_t dimension, intptr_t start, intptr_t end, intptr_t step, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::slice(unwrap(x), dimension, start, end, step)); });
}

TSTensor ts_index_select(TSTensor x, intptr_t dimension, TSTensor indices, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::index_select(*unwrap(x), int64_t(dimension), *unwrap(indices))); });
}

TSTensor ts_gather(TSTensor x, intptr_t dimension, TSTensor indices, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::gather(*unwrap(x), int64_t(dimension), *unwrap(indices))); });
}

TSTensor ts_flip(TSTensor x, const intptr_t *dimensions, intptr_t count, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::flip(unwrap(x), integers(dimensions, count))); });
}

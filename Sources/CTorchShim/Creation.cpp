#include "Random.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/bernoulli.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/full.h>
#include <ATen/ops/linspace.h>
#include <ATen/ops/randperm.h>

using namespace steerable;

TSTensor ts_full(
  const intptr_t *sizes, intptr_t rank, TSScalar value, TSOptions wanted, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::full(integers(sizes, rank), scalar(value), options(wanted))); });
}

TSTensor ts_arange(TSScalar start, TSScalar end, TSScalar step, TSOptions wanted, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::arange(scalar(start), scalar(end), scalar(step), options(wanted))); });
}

TSTensor ts_linspace(double start, double end, intptr_t count, TSOptions wanted, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::linspace(at::Scalar(start), at::Scalar(end), count, options(wanted))); });
}

TSTensor ts_eye(intptr_t rows, intptr_t columns, TSOptions wanted, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::eye(int64_t(rows), int64_t(columns), options(wanted))); });
}

TSTensor ts_uniform(
  const intptr_t *sizes, intptr_t rank, double low, double high, TSGenerator rng, TSOptions wanted, TSError *error
) noexcept {
  return drawn(sizes, rank, wanted, error, [&](at::Tensor &x) { x.uniform_(low, high, generator(rng)); });
}

TSTensor ts_normal(
  const intptr_t *sizes, intptr_t rank, double mean, double deviation, TSGenerator rng, TSOptions wanted,
  TSError *error) noexcept {
  return drawn(sizes, rank, wanted, error, [&](at::Tensor &x) { x.normal_(mean, deviation, generator(rng)); });
}

TSTensor ts_random_integers(
  const intptr_t *sizes, intptr_t rank, int64_t low, int64_t high, TSGenerator rng, TSOptions wanted, TSError *error
) noexcept {
  return drawn(sizes, rank, wanted, error, [&](at::Tensor &x) { x.random_(low, high, generator(rng)); });
}

TSTensor ts_permutation(intptr_t count, TSGenerator rng, TSOptions wanted, TSError *error) noexcept {
  return guard(error, [&] {
    auto place = device(wanted.device);
    auto order = at::randperm(count, generator(rng), options(wanted).device(at::kCPU));
    return wrap(place.is_cpu() ? std::move(order) : order.to(place));
  });
}

TSTensor ts_bernoulli(TSTensor probabilities, TSGenerator rng, TSError *error) noexcept {
  return guard(error, [&] {
    auto place = unwrap(probabilities)->device();
    auto drawn = at::bernoulli(unwrap(probabilities)->detach().to(at::kCPU), generator(rng));
    return wrap(place.is_cpu() ? std::move(drawn) : drawn.to(place));
  });
}

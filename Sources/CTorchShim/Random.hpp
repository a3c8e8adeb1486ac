// Generators behind their handles, and tensors that are drawn from them.
#pragma once

#include "Guard.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/empty.h>

namespace steerable {

inline at::CPUGeneratorImpl *implementation(TSGenerator handle) {
  return reinterpret_cast<at::CPUGeneratorImpl *>(handle);
}

/// A generator as LibTorch's random operations take it (one retain).
inline at::Generator generator(TSGenerator handle) {
  return at::Generator(
    c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(static_cast<c10::GeneratorImpl *>(implementation(handle))));
}

/// Fills a new tensor on the processor and moves it to where it is wanted.
template <typename Fill>
TSTensor drawn(const intptr_t *sizes, intptr_t rank, TSOptions wanted, TSError *error, Fill fill) noexcept {
  return guard(error, [&] {
    auto target = options(wanted);
    auto tensor = at::empty(integers(sizes, rank), target.device(at::kCPU));
    fill(tensor);
    auto place = device(wanted.device);
    return wrap(place.is_cpu() ? std::move(tensor) : tensor.to(place));
  });
}

}  // namespace steerable

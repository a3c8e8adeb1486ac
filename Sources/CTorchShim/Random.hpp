// Generators behind their handles.
#pragma once

#include "Guard.hpp"

#include <ATen/CPUGeneratorImpl.h>

namespace steerable {

inline at::CPUGeneratorImpl *implementation(TSGenerator handle) {
  return reinterpret_cast<at::CPUGeneratorImpl *>(handle);
}

/// A generator as LibTorch's random operations take it (one retain).
inline at::Generator generator(TSGenerator handle) {
  return at::Generator(
    c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(static_cast<c10::GeneratorImpl *>(implementation(handle))));
}

}  // namespace steerable

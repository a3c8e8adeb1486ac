#include <climits>
#include <cstdlib>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#include "Guard.hpp"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/csrc/inductor/aoti_torch/c/shim.h>
#include <torch/version.h>

using namespace steerable;

int32_t ts_header_version(void) noexcept {
  return TORCH_VERSION_MAJOR << 16 | TORCH_VERSION_MINOR << 8 | TORCH_VERSION_PATCH;
}

int32_t ts_library_version(void) noexcept { return static_cast<int32_t>(aoti_torch_abi_version() >> 40); }

intptr_t ts_thread_count(void) noexcept { return at::get_num_threads(); }

bool ts_set_thread_count(intptr_t count, TSError *error) noexcept {
  return guard(error, [&] {
    TORCH_CHECK(count >= 1 && count <= 4096, "expected a count from 1 to 4096, got ", count);
    at::set_num_threads(static_cast<int>(count));
    return true;
  });
}

bool ts_is_deterministic(void) noexcept { return at::globalContext().deterministicAlgorithms(); }

bool ts_set_deterministic(bool enabled, TSError *error) noexcept {
  return guard(error, [&] {
    // cuBLAS is deterministic only with a workspace of fixed size, which it reads once, before its first product.
    if (enabled) setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", /*overwrite=*/0);
    auto &context = at::globalContext();
    context.setDeterministicAlgorithms(enabled, /*warn_only=*/false);
    context.setDeterministicCuDNN(enabled);
    context.setBenchmarkCuDNN(false);
    return true;
  });
}

bool ts_set_reduced_precision(TSReducedPrecision precision, TSError *error) noexcept {
  return guard(error, [&] {
    auto &context = at::globalContext();
    context.setAllowTF32CuBLAS(precision.products);
    context.setAllowTF32CuDNN(precision.convolutions);
    return true;
  });
}

TSReducedPrecision ts_reduced_precision(void) noexcept {
  try {
    auto &context = at::globalContext();
    return {context.allowTF32CuBLAS(), context.allowTF32CuDNN()};
  } catch (...) {
    return {true, true};
  }
}

bool ts_loops_are_optimized(void) noexcept {
#if defined(__OPTIMIZE__)
  return true;
#else
  return false;
#endif
}

bool ts_manual_seed(uint64_t seed, TSError *error) noexcept {
  return guard(error, [&] {
    at::manual_seed(seed);
    return true;
  });
}

intptr_t ts_cuda_device_count(void) noexcept {
  TSError ignored{};
  auto count = guard(&ignored, [&]() -> intptr_t {
    return at::hasCUDA() ? static_cast<intptr_t>(at::getNumGPUs()) : 0;
  });
  ts_error_free(&ignored);
  return count;
}

bool ts_retain_freed_memory(void) noexcept {
#if defined(__GLIBC__)
  // Every tensor from the heap rather than from mappings of its own, one heap for all threads (those of other threads are
  // given back as soon as they are empty), and its end never given back.
  return mallopt(M_MMAP_MAX, 0) == 1 && mallopt(M_ARENA_MAX, 1) == 1 &&
         mallopt(M_TRIM_THRESHOLD, INT_MAX) == 1 && mallopt(M_TOP_PAD, 64 << 20) == 1;
#else
  return false;
#endif
}

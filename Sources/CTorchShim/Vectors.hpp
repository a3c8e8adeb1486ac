// Vectors of 64 bytes, and the instruction set that they are compiled for.
//
// Loops are written once with these vectors, which the compiler splits where a register has fewer bytes. On x86-64 they are
// compiled for three instruction sets (`STEERABLE_AVX2`, `STEERABLE_AVX512` before a function), from which `chosen` takes
// one when the program runs. Loops over numbers that are no templates leave both to the compiler and the loader
// (`STEERABLE_ALL_PROCESSORS`).
#pragma once

#include <cstdint>

namespace steerable {

#define STEERABLE_INLINE [[gnu::always_inline]] inline

#if defined(__x86_64__)
#define STEERABLE_AVX2 __attribute__((target("avx2,fma")))
#define STEERABLE_AVX512 __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")))
#else
#define STEERABLE_AVX2
#define STEERABLE_AVX512
#endif

#if defined(__x86_64__) && defined(__linux__)
#define STEERABLE_ALL_PROCESSORS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define STEERABLE_ALL_PROCESSORS
#endif

template <typename Number>
struct Lanes {
  typedef Number Vector __attribute__((vector_size(64)));
  static constexpr int64_t count = 64 / sizeof(Number);
};

/// Of the same functions for three sets of instructions, those for the largest that this machine has.
template <typename Kernels>
Kernels chosen(const Kernels &portable, const Kernels &avx2, const Kernels &avx512) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    const bool isAVX512 =
      __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq");
    return isAVX512 ? avx512 : avx2;
  }
#endif
  return portable;
}

}  // namespace steerable

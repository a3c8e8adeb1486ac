// Vectors of 64 bytes, and the instruction set that they are compiled for.
//
// Loops are written once with these vectors, which the compiler splits where a register has fewer bytes. On x86-64 they are
// compiled for three instruction sets (`STEERABLE_AVX2`, `STEERABLE_AVX512` before a function), from which one is chosen
// when the program runs.
#pragma once

#include <cstdint>

namespace steerable {

#define STEERABLE_INLINE [[gnu::always_inline]] inline

#if defined(__x86_64__)
#define STEERABLE_AVX2 __attribute__((target("avx2,fma")))
#define STEERABLE_AVX512 __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")))
#endif

template <typename Number>
struct Lanes {
  typedef Number Vector __attribute__((vector_size(64)));
  static constexpr int64_t count = 64 / sizeof(Number);
};

/// The sets of instructions that loops are compiled for.
enum class InstructionSet { portable, avx2, avx512 };

/// The largest that this machine has.
inline InstructionSet instructionSet() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    const bool isAVX512 =
      __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq");
    return isAVX512 ? InstructionSet::avx512 : InstructionSet::avx2;
  }
#endif
  return InstructionSet::portable;
}

}  // namespace steerable

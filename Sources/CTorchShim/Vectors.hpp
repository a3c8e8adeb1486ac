// Vectors of 64 bytes, and the instruction set that they are compiled for.
//
// Loops are written once with these vectors, which the compiler splits where a register has fewer bytes. On x86-64 they are
// compiled for three instruction sets (`STEERABLE_AVX2`, `STEERABLE_AVX512` before a function), from which `chosen` takes
// one when the program runs. Loops over numbers that are no templates leave both to the compiler and the loader
// (`STEERABLE_ALL_PROCESSORS`). Numbers in bfloat16 are read and written as such, and computed in float32.
#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>
#include <cstring>
#include <type_traits>

// No vector crosses the boundary of a function that is not inlined.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"

namespace steerable {

#define STEERABLE_INLINE [[gnu::always_inline]] inline
#define STEERABLE_INLINE_LAMBDA __attribute__((always_inline))

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

/// What a stored number is computed in.
template <typename Stored>
struct Format {
  using Number = Stored;
};

template <>
struct Format<c10::BFloat16> {
  using Number = float;
};

template <typename Stored>
using Number = typename Format<Stored>::Number;

/// A vector of what is computed, for numbers that are stored so.
template <typename Stored>
struct Lanes {
  typedef Number<Stored> Vector __attribute__((vector_size(64)));
  static constexpr int64_t count = 64 / sizeof(Number<Stored>);
};

template <typename Stored>
using Vector = typename Lanes<Stored>::Vector;

/// The numbers at `source` for as many lanes as there are, then zeros.
template <typename Stored>
STEERABLE_INLINE Vector<Stored> loaded(const Stored *source, int64_t count) {
  Vector<Stored> result{};
  if (count >= Lanes<Stored>::count) {
    if constexpr (std::is_same_v<Stored, c10::BFloat16>) {
      typedef uint16_t Half __attribute__((vector_size(32)));
      typedef uint32_t Bits __attribute__((vector_size(64)));
      Half half;
      std::memcpy(&half, source, sizeof(half));
      const Bits bits = __builtin_convertvector(half, Bits) << 16;
      std::memcpy(&result, &bits, sizeof(result));
    } else {
      std::memcpy(&result, source, sizeof(result));
    }
  } else {
    for (int64_t lane = 0; lane < count; ++lane) result[lane] = static_cast<Number<Stored>>(source[lane]);
  }
  return result;
}

template <typename Stored>
STEERABLE_INLINE void store(Stored *target, const Vector<Stored> &value, int64_t count) {
  if (count >= Lanes<Stored>::count) {
    if constexpr (std::is_same_v<Stored, c10::BFloat16>) {
      typedef uint16_t Half __attribute__((vector_size(32)));
      typedef uint32_t Bits __attribute__((vector_size(64)));
      Bits bits;
      std::memcpy(&bits, &value, sizeof(bits));
      // To the nearest, ties to even; what is no number stays none.
      const Bits rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
      const Bits isNumber = reinterpret_cast<Bits>(value == value);
      const Half half = __builtin_convertvector((rounded & isNumber) | (0x7fc0 & ~isNumber), Half);
      std::memcpy(target, &half, sizeof(half));
    } else {
      std::memcpy(target, &value, sizeof(value));
    }
  } else {
    for (int64_t lane = 0; lane < count; ++lane) target[lane] = static_cast<Stored>(value[lane]);
  }
}

/// Calls `body(channel, fresh)` for vectors that hold all channels, whole ones if there are as many: the last may begin with
/// channels that the one before it had, too; those from lane `fresh` on are new.
template <typename Stored, typename Body>
STEERABLE_INLINE void forEachVector(int64_t channels, const Body &body) {
  constexpr int64_t lanes = Lanes<Stored>::count;
  const int64_t last = channels > lanes ? channels - lanes : 0;
  for (int64_t channel = 0; channel < channels; channel += lanes) {
    body(channel < last ? channel : last, channel > last ? channel - last : 0);
  }
}

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

#pragma GCC diagnostic pop

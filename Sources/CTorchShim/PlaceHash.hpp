// Random bits of a place: a hash of a number's place in its tensor, under a key that a generator gives. So neither threads
// nor the order in memory matter, and nothing has to be kept for numbers to be drawn again.
#pragma once

#include "Random.hpp"
#include "Vectors.hpp"

#include <cstdint>

namespace steerable {

/// What a generator gives for all numbers of one tensor.
struct PlaceKey {
  uint32_t first, second;

  /// Advances the generator by 64 bits.
  static PlaceKey drawn(TSGenerator generator) {
    const uint64_t bits = ts_generator_next(generator);
    return {static_cast<uint32_t>(bits), static_cast<uint32_t>(bits >> 32)};
  }
};

/// The finalizer of MurmurHash3: one to one, and every bit of the result hangs on every bit of `h`.
STEERABLE_INLINE uint32_t mixed(uint32_t h) {
  h ^= h >> 16;
  h *= 0x85ebca6bu;
  h ^= h >> 13;
  h *= 0xc2b2ae35u;
  return h ^ h >> 16;
}

/// 32 random bits of a place: two rounds of the finalizer, with a key before each.
STEERABLE_INLINE uint32_t placeBits(uint32_t place, PlaceKey key) {
  return mixed(mixed(place * 0x9e3779b1u + key.first) ^ key.second);
}

}  // namespace steerable

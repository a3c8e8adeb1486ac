#include "PlaceHash.hpp"
#include "ThreadPool.hpp"

#include <ATen/Dispatch.h>

using namespace steerable;

namespace {

/// The numbers that are drawn at a time; it divides 2^32.
constexpr int64_t chunk = 1024;
/// The fewest chunks for which a thread is worth its while.
constexpr int64_t chunksOfThread = 16;

/// Uniform numbers for places from `place` on, with 53 bits each.
///
/// A product and a sum are rounded one after the other on every processor, also where one instruction could do both.
STEERABLE_ALL_PROCESSORS void draw(double *numbers, uint32_t place, PlaceKey key, double low, double width) {
#pragma clang fp contract(off)
  for (int64_t i = 0; i < chunk; ++i) {
    const uint32_t upper = placeBits(place + static_cast<uint32_t>(i), key);
    const uint32_t lower = mixed(upper ^ key.first);
    numbers[i] = low + width * (upper * 0x1p-32 + (lower >> 11) * 0x1p-53);
  }
}

}  // namespace

TSTensor ts_hashed_uniform(
  const intptr_t *sizes, intptr_t rank, double low, double high, TSGenerator generator, TSOptions wanted,
  TSError *error
) noexcept {
  return drawn(sizes, rank, wanted, error, [&](at::Tensor &x) {
    TORCH_CHECK(low <= high, "expected bounds in order, got ", low, " and ", high);
    const PlaceKey key = PlaceKey::drawn(generator);
    const int64_t count = x.numel(), chunks = (count + chunk - 1) / chunk;
    AT_DISPATCH_FLOATING_TYPES_AND2(at::kHalf, at::kBFloat16, x.scalar_type(), "hashed_uniform", [&] {
      scalar_t *target = x.mutable_data_ptr<scalar_t>();
      parallelParts(chunks, chunksOfThread, [&](int64_t, int64_t begin, int64_t end) {
        double numbers[chunk];
        for (int64_t first = begin * chunk; first < std::min(end * chunk, count); first += chunk) {
          // Each 2^32 places have a key of their own.
          const auto block = static_cast<uint32_t>(first >> 32);
          draw(numbers, static_cast<uint32_t>(first), {key.first, key.second ^ block}, low, high - low);
          const int64_t length = std::min(chunk, count - first);
          for (int64_t i = 0; i < length; ++i) target[first + i] = static_cast<scalar_t>(numbers[i]);
        }
      });
    });
  });
}

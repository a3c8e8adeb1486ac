#include "WordTransposition.hpp"

#include "Vectors.hpp"

#include <algorithm>
#include <utility>

// No vector crosses the boundary of a function that is not inlined.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"

namespace steerable {

namespace {

typedef uint32_t Words __attribute__((vector_size(64)));
constexpr int side = 16;

/// One step of the transposition of a block: rows that differ in one bit of their number exchange the lanes that do.
template <int Bit, int... Lane>
STEERABLE_INLINE void exchange(Words *rows, std::integer_sequence<int, Lane...>) {
#pragma GCC unroll 16
  for (int row = 0; row < side; ++row) {
    if (row & Bit) continue;
    const Words first = rows[row], second = rows[row + Bit];
    rows[row] = __builtin_shufflevector(first, second, (Lane & Bit ? side + Lane - Bit : Lane)...);
    rows[row + Bit] = __builtin_shufflevector(first, second, (Lane & Bit ? side + Lane : Lane + Bit)...);
  }
}

STEERABLE_ALL_PROCESSORS void transposeBlock(
  const uint32_t *source, int64_t sourceStride, uint32_t *target, int64_t targetStride
) {
  constexpr auto lanes = std::make_integer_sequence<int, side>();
  Words rows[side];
  for (int row = 0; row < side; ++row) std::memcpy(&rows[row], source + row * sourceStride, sizeof(Words));
  exchange<1>(rows, lanes);
  exchange<2>(rows, lanes);
  exchange<4>(rows, lanes);
  exchange<8>(rows, lanes);
  for (int row = 0; row < side; ++row) std::memcpy(target + row * targetStride, &rows[row], sizeof(Words));
}

}  // namespace

void transposeWords(
  const uint32_t *source, int64_t rows, int64_t columns, int64_t sourceStride, uint32_t *target, int64_t targetStride
) {
  for (int64_t row = 0; row < rows; row += side) {
    for (int64_t column = 0; column < columns; column += side) {
      const int64_t height = std::min<int64_t>(side, rows - row), width = std::min<int64_t>(side, columns - column);
      const uint32_t *from = source + row * sourceStride + column;
      uint32_t *to = target + column * targetStride + row;
      if (height == side && width == side) {
        transposeBlock(from, sourceStride, to, targetStride);
        continue;
      }
      for (int64_t i = 0; i < height; ++i) {
        for (int64_t j = 0; j < width; ++j) to[j * targetStride + i] = from[i * sourceStride + j];
      }
    }
  }
}

}  // namespace steerable

#pragma GCC diagnostic pop

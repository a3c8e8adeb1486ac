// The transpose of a matrix of 32 bit words: numbers in float32, or pairs in bfloat16.
#pragma once

#include <cstdint>

namespace steerable {

/// `target[column · targetStride + row] = source[row · sourceStride + column]`.
void transposeWords(
  const uint32_t *source, int64_t rows, int64_t columns, int64_t sourceStride, uint32_t *target, int64_t targetStride);

}  // namespace steerable

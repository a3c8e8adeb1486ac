#include "MatrixProducts.hpp"

#include "ThreadPool.hpp"
#include "WordTransposition.hpp"

#include <ATen/native/CPUBlas.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/mm.h>

#include <algorithm>
#include <exception>

namespace steerable {

namespace {

/// The columns of a block, and the rows of one: a block of the right factor and its rows of the left one stay in a cache.
constexpr int64_t panelColumns = 64, blockRows = 512;

/// A row of 64 numbers is multiplied by the engine's kernel for blocks, if there is one for this processor.
template <typename Stored>
bool runsBlocks() {
  try {
    const Stored left[32] = {}, right[32 * 16] = {};
    float result[16];
    at::native::cpublas::brgemm(1, 16, 32, 32, 16, 16, false, left, right, result);
    at::native::cpublas::brgemm_release(std::is_same_v<Stored, c10::BFloat16>);
    return true;
  } catch (const std::exception &) {
    return false;
  }
}

template <typename Stored>
bool usesBlocks() {
  if constexpr (std::is_same_v<Stored, double>) {
    return false;
  } else {
    static const bool result = runsBlocks<Stored>();
    return result;
  }
}

/// The upper halves of two numbers in float32, rounded to bfloat16, in one word.
STEERABLE_INLINE uint32_t pair(float first, float second) {
  return c10::detail::round_to_nearest_even(first)
    | static_cast<uint32_t>(c10::detail::round_to_nearest_even(second)) << 16;
}

STEERABLE_INLINE uint32_t pair(c10::BFloat16 first, c10::BFloat16 second) {
  return first.x | static_cast<uint32_t>(second.x) << 16;
}

STEERABLE_ALL_PROCESSORS void roundAll(const float *source, c10::BFloat16 *target, int64_t count) {
  for (int64_t i = 0; i < count; ++i) target[i].x = c10::detail::round_to_nearest_even(source[i]);
}

STEERABLE_ALL_PROCESSORS void roundPairs(const float *first, const float *second, uint32_t *target, int64_t count) {
  for (int64_t i = 0; i < count; ++i) target[i] = pair(first[i], second[i]);
}

STEERABLE_ALL_PROCESSORS void pairAll(
  const c10::BFloat16 *first, const c10::BFloat16 *second, uint32_t *target, int64_t count
) {
  for (int64_t i = 0; i < count; ++i) target[i] = pair(first[i], second[i]);
}

/// A panel in bfloat16, `[pairs of rows][columns][2]`, from rows that lie in memory.
template <typename Source>
void packPairs(const Source *values, int64_t rows, int64_t columns, int64_t rowStride, uint32_t *panel) {
  const Source zeros[panelColumns] = {};
  for (int64_t row = 0; row < rows; row += 2, panel += columns) {
    const Source *first = values + row * rowStride;
    const Source *second = row + 1 < rows ? first + rowStride : zeros;
    if constexpr (std::is_same_v<Source, float>) {
      roundPairs(first, second, panel, columns);
    } else {
      pairAll(first, second, panel, columns);
    }
  }
}

/// The same from columns that lie in memory.
void packPairColumns(const float *values, int64_t rows, int64_t columns, int64_t columnStride, uint32_t *panel) {
  c10::BFloat16 block[panelColumns * panelColumns];
  for (int64_t begin = 0; begin < rows; begin += panelColumns) {
    const int64_t count = std::min(panelColumns, rows - begin);
    for (int64_t column = 0; column < columns; ++column) {
      c10::BFloat16 *row = block + column * panelColumns;
      roundAll(values + column * columnStride + begin, row, count);
      if (count % 2) row[count] = c10::BFloat16(0, c10::BFloat16::from_bits());
    }
    transposeWords(
      reinterpret_cast<const uint32_t *>(block), columns, (count + 1) / 2, panelColumns / 2,
      panel + begin / 2 * columns, columns);
  }
}

template <typename Number>
at::Tensor matrix(const Number *values, int64_t rows, int64_t columns, int64_t rowStride, int64_t columnStride) {
  return at::from_blob(
    const_cast<Number *>(values), {rows, columns}, {rowStride, columnStride}, c10::CppTypeToScalarType<Number>::value);
}

}  // namespace

void roundNumbers(const float *source, c10::BFloat16 *target, int64_t count) { roundAll(source, target, count); }

bool hasProducts(at::ScalarType type) {
  switch (type) {
    case at::kFloat:
    case at::kDouble: return true;
#if defined(__x86_64__)
    case at::kBFloat16:
      return __builtin_cpu_supports("avx512bf16") && !__builtin_cpu_supports("amx-bf16")
        && usesBlocks<c10::BFloat16>();
#endif
    default: return false;
  }
}

bool multipliesBlocks(at::ScalarType type) {
  switch (type) {
    case at::kFloat: return usesBlocks<float>();
    case at::kBFloat16: return usesBlocks<c10::BFloat16>();
    default: return false;
  }
}

void checkTypes(const at::Tensor &images, const at::Tensor &weights, const std::optional<at::Tensor> &bias) {
  TORCH_CHECK(
    images.device().is_cpu() && hasProducts(images.scalar_type()),
    "this convolution runs on the CPU in float32 or float64, on some also in bfloat16, got ", images.scalar_type(),
    " on ", images.device());
  const at::ScalarType type = images.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
  TORCH_CHECK(
    weights.scalar_type() == type && weights.device() == images.device(), "expected weights of type ", type, ", got ",
    weights.scalar_type(), " on ", weights.device());
  TORCH_CHECK(
    !bias || (bias->scalar_type() == type && bias->device() == images.device() && bias->dim() == 1
      && bias->size(0) == weights.size(0)),
    "expected a bias of type ", type, " for each output");
}

template <typename Stored>
int64_t RightFactor<Stored>::padded(int64_t rows) {
  return std::is_same_v<Stored, c10::BFloat16> ? (rows + 1) / 2 * 2 : rows;
}

template <typename Stored>
template <typename Source>
void RightFactor<Stored>::read(
  const Source *values, int64_t rows, int64_t columns, int64_t rowStride, int64_t columnStride, bool usesAllThreads
) {
  rows_ = rows;
  columns_ = columns;
  if constexpr (std::is_same_v<Source, Stored> && !std::is_same_v<Stored, c10::BFloat16>) {
    if (columnStride == 1 || !usesBlocks<Stored>()) {
      values_ = values;
      rowStride_ = rowStride;
      columnStride_ = columnStride;
      return;
    }
  }
  if constexpr (!std::is_same_v<Stored, double>) {
    values_ = nullptr;
    const int64_t height = padded(rows);
    if (height * columns > capacity_) {
      capacity_ = height * columns;
      packed_ = std::make_unique_for_overwrite<Stored[]>(static_cast<size_t>(capacity_));
    }
    blocks_ = packed_.get();
    auto pack = [&](int64_t, int64_t begin, int64_t end) {
      for (int64_t column = begin; column < end; column += panelColumns) {
        const int64_t width = std::min(panelColumns, columns - column);
        const Source *source = values + column * columnStride;
        uint32_t *panel = reinterpret_cast<uint32_t *>(packed_.get() + column * height);
        if constexpr (std::is_same_v<Stored, float>) {
          transposeWords(reinterpret_cast<const uint32_t *>(source), width, rows, columnStride, panel, width);
        } else if (columnStride == 1) {
          packPairs(source, rows, width, rowStride, panel);
        } else if constexpr (std::is_same_v<Source, float>) {
          packPairColumns(source, rows, width, columnStride, panel);
        }
      }
    };
    if (usesAllThreads) {
      parallelParts(columns, panelColumns, pack);
    } else {
      pack(0, 0, columns);
    }
  }
}

template <typename Stored>
at::Tensor RightFactor<Stored>::blocks() const {
  const int64_t count = padded(rows_) * columns_;
  TORCH_CHECK(values_ == nullptr && usesBlocks<Stored>(), "these numbers are not in blocks");
  at::Tensor result = at::empty({count}, c10::CppTypeToScalarType<Stored>::value);
  std::copy_n(blocks_, count, result.mutable_data_ptr<Stored>());
  return result;
}

template <typename Stored>
void RightFactor<Stored>::adopt(const at::Tensor &blocks, int64_t rows, int64_t columns) {
  TORCH_CHECK(
    usesBlocks<Stored>() && blocks.scalar_type() == c10::CppTypeToScalarType<Stored>::value,
    "the factors were prepared for numbers of type ", blocks.scalar_type());
  TORCH_CHECK(blocks.numel() == padded(rows) * columns, "expected blocks of ", rows, " × ", columns, " numbers");
  rows_ = rows;
  columns_ = columns;
  values_ = nullptr;
  blocks_ = blocks.const_data_ptr<Stored>();
}

template <typename Stored>
void RightFactor<Stored>::multiply(
  const Stored *left, int64_t count, int64_t leftStride, Number<Stored> *result, int64_t resultStride, bool adds
) const {
  if (rows_ == 0) {
    for (int64_t i = 0; i < count && !adds; ++i) std::fill_n(result + i * resultStride, columns_, Number<Stored>(0));
    return;
  }
  if constexpr (!std::is_same_v<Stored, c10::BFloat16>) {
    if (!usesBlocks<Stored>()) {
      at::Tensor target = matrix(result, count, columns_, resultStride, 1);
      const at::Tensor factor = matrix(left, count, rows_, leftStride, 1);
      const at::Tensor self = matrix(values_, rows_, columns_, rowStride_, columnStride_);
      if (adds) {
        at::addmm_out(target, target, factor, self);
      } else {
        at::mm_out(target, factor, self);
      }
      return;
    }
  }
  if constexpr (!std::is_same_v<Stored, double>) {
    const int64_t height = padded(rows_);
    for (int64_t row = 0; row < height; row += blockRows) {
      const int64_t depth = std::min(blockRows, height - row);
      for (int64_t column = 0; column < columns_; column += panelColumns) {
        const int64_t width = std::min(panelColumns, columns_ - column);
        const Stored *block =
          values_ ? values_ + row * rowStride_ + column : blocks_ + column * height + row * width;
        at::native::cpublas::brgemm(
          count, width, depth, leftStride, values_ ? rowStride_ : width, resultStride, adds || row > 0, left + row,
          block, result + column, std::is_same_v<Stored, c10::BFloat16>);
      }
    }
  }
}

template <typename Stored>
const Stored *LeftFactor<Stored>::padded(const Stored *values, int64_t rows, int64_t columns) {
  const int64_t length = RightFactor<Stored>::padded(columns);
  if (length == columns) return values;
  numbers_.assign(static_cast<size_t>(rows * length), Stored(0));
  for (int64_t row = 0; row < rows; ++row) {
    std::copy_n(values + row * columns, columns, numbers_.data() + row * length);
  }
  return numbers_.data();
}

template <typename Stored>
const Stored *LeftFactor<Stored>::transposed(const Stored *values, int64_t rows, int64_t columns, int64_t stride) {
  const int64_t length = RightFactor<Stored>::padded(rows);
  numbers_.resize(static_cast<size_t>(columns * length));
  if constexpr (std::is_same_v<Stored, double>) {
    for (int64_t column = 0; column < columns; ++column) {
      for (int64_t row = 0; row < rows; ++row) numbers_[column * length + row] = values[row * stride + column];
    }
  } else if constexpr (std::is_same_v<Stored, float>) {
    transposeWords(
      reinterpret_cast<const uint32_t *>(values), rows, columns, stride,
      reinterpret_cast<uint32_t *>(numbers_.data()), length);
  } else {
    // Neighbors in a row of the transpose make one word.
    zeros_.resize(static_cast<size_t>(columns), Stored(0));
    words_.resize(static_cast<size_t>(length / 2 * columns));
    for (int64_t row = 0; row < rows; row += 2) {
      const Stored *first = values + row * stride;
      pairAll(first, row + 1 < rows ? first + stride : zeros_.data(), words_.data() + row / 2 * columns, columns);
    }
    transposeWords(
      words_.data(), length / 2, columns, columns, reinterpret_cast<uint32_t *>(numbers_.data()), length / 2);
  }
  return numbers_.data();
}

template <typename Stored>
void finishProducts() {
  if (usesBlocks<Stored>()) at::native::cpublas::brgemm_release(std::is_same_v<Stored, c10::BFloat16>);
}

#define STEERABLE_INSTANTIATE(STORED)              \
  template class RightFactor<STORED>;              \
  template class LeftFactor<STORED>;               \
  template void finishProducts<STORED>();          \
  template void RightFactor<STORED>::read<STORED>( \
    const STORED *, int64_t, int64_t, int64_t, int64_t, bool);

STEERABLE_INSTANTIATE(double)
STEERABLE_INSTANTIATE(float)
STEERABLE_INSTANTIATE(c10::BFloat16)
#undef STEERABLE_INSTANTIATE
template void RightFactor<c10::BFloat16>::read<float>(const float *, int64_t, int64_t, int64_t, int64_t, bool);

}  // namespace steerable

// A bank of small filters that all channels share, applied to channels-last images, and its transpose.
//
// Every function of the bank is even or odd under the exchange of the rows, and under the exchange of the columns, of
// its window. So the taps of a window are first folded to sums and differences, and each function needs one quadrant of
// them: about a third of the multiplications. Sums and differences of rows serve all windows of an output row.
//
// The channels lie side by side in memory and are independent, so the vectors run over them. The code is written once
// with vectors of 64 bytes, which the compiler splits where a register has fewer; on x86-64 it is compiled for three
// instruction sets, from which one is chosen when the program runs. Images and results may be stored in bfloat16; what
// is added up, gradients too, is in float32.
#pragma once

#include "Vectors.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

// No vector crosses the boundary of a function that is not inlined.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"

namespace steerable::bank {

/// The functions by parity (rows, columns): both even, columns odd, rows odd, both odd.
template <typename Number>
struct Functions {
  int64_t kernelSize;
  std::array<int64_t, 4> counts;
  /// Of each parity, row-major [function][row][column] of the upper left quadrant; its middle belongs to the even ones.
  std::array<std::vector<Number>, 4> quadrants;

  int64_t count() const { return counts[0] + counts[1] + counts[2] + counts[3]; }
};

/// The windows on one image `[height, width, channels]`.
struct Windows {
  int64_t height, width, channels, outputHeight, outputWidth;
  std::array<int64_t, 2> padding, stride;

  /// The columns under the windows of one output row.
  int64_t columns(int64_t kernelSize) const { return (outputWidth - 1) * stride[1] + kernelSize; }
};

/// The image's rows under a row of windows, from the given channel on; null in the padding.
template <int K, typename Pointer>
STEERABLE_INLINE void findRows(Pointer image, const Windows &windows, int64_t row, int64_t channel, Pointer *rows) {
  for (int j = 0; j < K; ++j) {
    const int64_t y = row * windows.stride[0] - windows.padding[0] + j;
    const bool isInside = y >= 0 && y < windows.height;
    rows[j] = isInside ? image + y * windows.width * windows.channels + channel : nullptr;
  }
}

/// One output row of the bank for some channels: `result` has `pixelStride` numbers for each window, of which the first
/// are `[function, channels]`.
///
/// `folded` has K vectors for each column: the sums of opposite rows, the middle row, the differences.
template <typename Stored, int K>
STEERABLE_INLINE void analyze(
  const Stored *image, Stored *result, int64_t pixelStride, const Functions<Number<Stored>> &bank,
  const Windows &windows, int64_t row, int64_t channel, Vector<Stored> *folded
) {
  constexpr int even = (K + 1) / 2, odd = K / 2;
  const int64_t lanes = windows.channels - channel, columns = windows.columns(K);
  const Stored *rows[K];
  findRows<K>(image, windows, row, channel, rows);

  for (int64_t column = 0; column < columns; ++column) {
    const int64_t x = column - windows.padding[1];
    Vector<Stored> taps[K];
    for (int j = 0; j < K; ++j) {
      const bool isInside = x >= 0 && x < windows.width && rows[j] != nullptr;
      taps[j] = isInside ? loaded(rows[j] + x * windows.channels, lanes) : Vector<Stored>{};
    }
    Vector<Stored> *target = folded + column * K;
    for (int j = 0; j < odd; ++j) {
      target[j] = taps[j] + taps[K - 1 - j];
      target[even + j] = taps[j] - taps[K - 1 - j];
    }
    if (even > odd) target[odd] = taps[odd];
  }

  for (int64_t x = 0; x < windows.outputWidth; ++x) {
    const Vector<Stored> *window = folded + x * windows.stride[1] * K;
    Stored *target = result + x * pixelStride + channel;
#pragma GCC unroll 2
    for (int parity = 0; parity < 2; ++parity) {
      const int height = parity ? odd : even, first = parity ? even : 0;
      Vector<Stored> sums[even * even], differences[even * odd];
#pragma GCC unroll 8
      for (int j = 0; j < height; ++j) {
#pragma GCC unroll 8
        for (int i = 0; i < odd; ++i) {
          const Vector<Stored> left = window[i * K + first + j], right = window[(K - 1 - i) * K + first + j];
          sums[j * even + i] = left + right;
          differences[j * odd + i] = left - right;
        }
        if (even > odd) sums[j * even + odd] = window[odd * K + first + j];
      }
      const Number<Stored> *quadrant = bank.quadrants[2 * parity].data();
      for (int64_t s = 0; s < bank.counts[2 * parity]; ++s) {
        Vector<Stored> sum{};
#pragma GCC unroll 32
        for (int tap = 0; tap < height * even; ++tap) sum += sums[tap] * quadrant[tap];
        store(target, sum, lanes);
        target += windows.channels;
        quadrant += height * even;
      }
      quadrant = bank.quadrants[2 * parity + 1].data();
      for (int64_t s = 0; s < bank.counts[2 * parity + 1]; ++s) {
        Vector<Stored> sum{};
#pragma GCC unroll 32
        for (int tap = 0; tap < height * odd; ++tap) sum += differences[tap] * quadrant[tap];
        store(target, sum, lanes);
        target += windows.channels;
        quadrant += height * odd;
      }
    }
  }
}

/// The transpose of `analyze`: adds what an output row gives back to the image, to the lanes from `fresh` on.
template <typename Number, int K>
STEERABLE_INLINE void synthesize(
  const Number *values, Number *image, const Functions<Number> &bank, const Windows &windows, int64_t row,
  int64_t channel, int64_t fresh, Vector<Number> *folded
) {
  constexpr int even = (K + 1) / 2, odd = K / 2;
  const int64_t lanes = windows.channels - channel;
  const int64_t columns = windows.columns(K), functions = bank.count();
  for (int64_t index = 0; index < columns * K; ++index) folded[index] = Vector<Number>{};

  for (int64_t x = 0; x < windows.outputWidth; ++x) {
    Vector<Number> *window = folded + x * windows.stride[1] * K;
    const Number *source = values + x * functions * windows.channels + channel;
#pragma GCC unroll 2
    for (int parity = 0; parity < 2; ++parity) {
      const int height = parity ? odd : even, first = parity ? even : 0;
      Vector<Number> sums[even * even] = {}, differences[even * odd] = {};
      const Number *quadrant = bank.quadrants[2 * parity].data();
      for (int64_t s = 0; s < bank.counts[2 * parity]; ++s) {
        const Vector<Number> value = loaded(source, lanes);
#pragma GCC unroll 32
        for (int tap = 0; tap < height * even; ++tap) sums[tap] += value * quadrant[tap];
        source += windows.channels;
        quadrant += height * even;
      }
      quadrant = bank.quadrants[2 * parity + 1].data();
      for (int64_t s = 0; s < bank.counts[2 * parity + 1]; ++s) {
        const Vector<Number> value = loaded(source, lanes);
#pragma GCC unroll 32
        for (int tap = 0; tap < height * odd; ++tap) differences[tap] += value * quadrant[tap];
        source += windows.channels;
        quadrant += height * odd;
      }
#pragma GCC unroll 8
      for (int j = 0; j < height; ++j) {
#pragma GCC unroll 8
        for (int i = 0; i < odd; ++i) {
          window[i * K + first + j] += sums[j * even + i] + differences[j * odd + i];
          window[(K - 1 - i) * K + first + j] += sums[j * even + i] - differences[j * odd + i];
        }
        if (even > odd) window[odd * K + first + j] += sums[j * even + odd];
      }
    }
  }

  Number *rows[K];
  findRows<K>(image, windows, row, channel, rows);
  auto isFresh = folded[0] != folded[0];
  for (int64_t lane = 0; lane < Lanes<Number>::count; ++lane) isFresh[lane] = lane < fresh ? 0 : -1;
  const int64_t begin = std::max<int64_t>(0, windows.padding[1]);
  const int64_t end = std::min(columns, windows.width + windows.padding[1]);
  for (int64_t column = begin; column < end; ++column) {
    const Vector<Number> *source = folded + column * K;
    for (int j = 0; j < K; ++j) {
      if (rows[j] == nullptr) continue;
      Number *target = rows[j] + (column - windows.padding[1]) * windows.channels;
      Vector<Number> share;
      if (j < odd) {
        share = source[j] + source[even + j];
      } else if (j >= even) {
        share = source[K - 1 - j] - source[even + K - 1 - j];
      } else {
        share = source[odd];
      }
      store(target, loaded(target, lanes) + (isFresh ? share : Vector<Number>{}), lanes);
    }
  }
}

/// Applies the bank, or its transpose, to one row of windows and as many channels as a vector has.
template <typename Stored>
struct RowKernels {
  using Number = steerable::Number<Stored>;
  void (*analyze)(
    const Stored *, Stored *, int64_t pixelStride, const Functions<Number> &, const Windows &, int64_t row,
    int64_t channel, Vector<Stored> *);
  void (*synthesize)(
    const Number *, Number *, const Functions<Number> &, const Windows &, int64_t row, int64_t channel, int64_t fresh,
    Vector<Stored> *);
};

#define STEERABLE_ROW_KERNELS(NAME, ATTRIBUTE)                                                                        \
  template <typename Stored, int K>                                                                                   \
  struct NAME {                                                                                                       \
    using Number = steerable::Number<Stored>;                                                                         \
    ATTRIBUTE static void analyzeRow(                                                                                 \
      const Stored *image, Stored *result, int64_t pixelStride, const Functions<Number> &bank,                        \
      const Windows &windows, int64_t row, int64_t channel, Vector<Stored> *folded                                    \
    ) {                                                                                                               \
      analyze<Stored, K>(image, result, pixelStride, bank, windows, row, channel, folded);                            \
    }                                                                                                                 \
    ATTRIBUTE static void synthesizeRow(                                                                              \
      const Number *values, Number *image, const Functions<Number> &bank, const Windows &windows, int64_t row,        \
      int64_t channel, int64_t fresh, Vector<Stored> *folded                                                          \
    ) {                                                                                                               \
      synthesize<Number, K>(values, image, bank, windows, row, channel, fresh, folded);                               \
    }                                                                                                                 \
    static RowKernels<Stored> kernels() { return {analyzeRow, synthesizeRow}; }                                       \
  };

STEERABLE_ROW_KERNELS(Portable, )
STEERABLE_ROW_KERNELS(AVX2, STEERABLE_AVX2)
STEERABLE_ROW_KERNELS(AVX512, STEERABLE_AVX512)
#undef STEERABLE_ROW_KERNELS

template <typename Stored, int K>
RowKernels<Stored> kernelsOfThisMachine() {
  return chosen(Portable<Stored, K>::kernels(), AVX2<Stored, K>::kernels(), AVX512<Stored, K>::kernels());
}

/// The kernels for windows of 3, 5 or 7 pixels; null for others.
template <typename Stored>
RowKernels<Stored> kernels(int64_t kernelSize) {
  switch (kernelSize) {
    case 3: return kernelsOfThisMachine<Stored, 3>();
    case 5: return kernelsOfThisMachine<Stored, 5>();
    case 7: return kernelsOfThisMachine<Stored, 7>();
    default: return {nullptr, nullptr};
  }
}

}  // namespace steerable::bank

#pragma GCC diagnostic pop

// The rows of a max pool that is smoothed before pixels are left out, on one channels-last image, and their gradients.
//
// Between the two steps only the rows under one row of windows exist, so that nothing larger than a cache is written.
// Vectors run over the channels; on x86-64 the code is compiled for three instruction sets, from which one is chosen when
// the program runs. Numbers in bfloat16 are read and written as such, and computed in float32.
#pragma once

#include "Vectors.hpp"

#include <array>
#include <cstdint>
#include <limits>

// No vector crosses the boundary of a function that is not inlined.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"

namespace steerable::pool {

/// The windows of both steps on an image `[height, width, channels]`.
struct Windows {
  int64_t height, width, channels;
  /// Of the maximum, which moves by single pixels.
  int64_t size, padding;
  /// Of the smoothing.
  int64_t taps, stride;
  std::array<int64_t, 2> margin;

  int64_t poolHeight() const { return height + 2 * padding - size + 1; }
  int64_t poolWidth() const { return width + 2 * padding - size + 1; }
  int64_t outputHeight() const { return (poolHeight() + 2 * margin[0] - taps) / stride + 1; }
  int64_t outputWidth() const { return (poolWidth() + 2 * margin[1] - taps) / stride + 1; }

  /// The vectors that hold all channels of a pixel.
  template <typename Stored>
  int64_t vectors() const {
    constexpr int64_t lanes = Lanes<Stored>::count;
    return (channels + lanes - 1) / lanes;
  }
};

/// The rows or columns of a window that begins at `first` and lie inside of an image.
struct Inside {
  int64_t begin, end;

  STEERABLE_INLINE Inside(int64_t first, int64_t size, int64_t length)
      : begin(first < 0 ? -first : 0), end(first + size > length ? length - first : size) {}
};

/// The largest value under a window; one that is no number wins.
template <typename Stored>
STEERABLE_INLINE Vector<Stored> maximum(
  const Stored *image, const Windows &w, const Inside &rows, const Inside &columns, int64_t row, int64_t column,
  int64_t channel
) {
  Vector<Stored> best = Vector<Stored>{} - std::numeric_limits<Number<Stored>>::infinity();
  for (int64_t i = rows.begin; i < rows.end; ++i) {
    for (int64_t j = columns.begin; j < columns.end; ++j) {
      const Stored *pixel = image + ((row + i) * w.width + column + j) * w.channels;
      const auto value = loaded(pixel + channel, w.channels - channel);
      best = ((value > best) | (value != value)) ? value : best;
    }
  }
  return best;
}

/// Row `h` of the maxima, `[poolWidth][vectors]`.
template <typename Stored>
STEERABLE_INLINE void maxRow(const Stored *image, const Windows &w, int64_t h, Vector<Stored> *target) {
  constexpr int64_t lanes = Lanes<Stored>::count;
  const int64_t row = h - w.padding;
  const Inside rows(row, w.size, w.height);
  for (int64_t x = 0; x < w.poolWidth(); ++x) {
    const Inside columns(x - w.padding, w.size, w.width);
    for (int64_t channel = 0; channel < w.channels; channel += lanes) {
      *target++ = maximum(image, w, rows, columns, row, x - w.padding, channel);
    }
  }
}

/// A row of the result `[outputWidth][channels]` from the rows of maxima under it; those outside are null.
template <typename Stored>
STEERABLE_INLINE void smoothRow(
  const Vector<Stored> *const *maxima, const Number<Stored> *weights, const Windows &w, Stored *result
) {
  constexpr int64_t lanes = Lanes<Stored>::count;
  const int64_t vectors = w.vectors<Stored>();
  for (int64_t x = 0; x < w.outputWidth(); ++x, result += w.channels) {
    const int64_t first = x * w.stride - w.margin[1];
    const Inside columns(first, w.taps, w.poolWidth());
    for (int64_t v = 0; v < vectors; ++v) {
      Vector<Stored> sum{};
      for (int64_t i = 0; i < w.taps; ++i) {
        if (!maxima[i]) continue;
        for (int64_t j = columns.begin; j < columns.end; ++j) {
          sum += weights[i * w.taps + j] * maxima[i][(first + j) * vectors + v];
        }
      }
      store(result + v * lanes, sum, w.channels - v * lanes);
    }
  }
}

/// Adds what a row of the result's gradient gives to a row of the maxima's, for row `i` of the windows.
template <typename Stored>
STEERABLE_INLINE void spreadRow(
  const Stored *gradient, const Number<Stored> *weights, const Windows &w, int64_t i, Vector<Stored> *maxima
) {
  constexpr int64_t lanes = Lanes<Stored>::count;
  const int64_t vectors = w.vectors<Stored>();
  for (int64_t x = 0; x < w.outputWidth(); ++x, gradient += w.channels) {
    const int64_t first = x * w.stride - w.margin[1];
    const Inside columns(first, w.taps, w.poolWidth());
    for (int64_t v = 0; v < vectors; ++v) {
      const auto value = loaded(gradient + v * lanes, w.channels - v * lanes);
      for (int64_t j = columns.begin; j < columns.end; ++j) {
        maxima[(first + j) * vectors + v] += weights[i * w.taps + j] * value;
      }
    }
  }
}

/// Adds the gradient of row `h` of the maxima to that of the pixels that were the largest, the first of equal ones.
///
/// `inputs` are the rows of the input's gradient `[width][vectors]` under the row of windows; those outside are null.
template <typename Stored>
STEERABLE_INLINE void routeRow(
  const Stored *image, const Windows &w, int64_t h, const Vector<Stored> *maxima, Vector<Stored> *const *inputs
) {
  constexpr int64_t lanes = Lanes<Stored>::count;
  const int64_t vectors = w.vectors<Stored>(), row = h - w.padding;
  const Inside rows(row, w.size, w.height);
  for (int64_t x = 0; x < w.poolWidth(); ++x) {
    const int64_t column = x - w.padding;
    const Inside columns(column, w.size, w.width);
    for (int64_t v = 0; v < vectors; ++v) {
      const auto gradient = *maxima++;
      if (w.size == 1) {
        inputs[0][x * vectors + v] += gradient;
        continue;
      }
      const auto best = maximum(image, w, rows, columns, row, column, v * lanes);
      auto isOpen = gradient == gradient;
      isOpen |= ~isOpen;
      for (int64_t i = rows.begin; i < rows.end; ++i) {
        for (int64_t j = columns.begin; j < columns.end; ++j) {
          const Stored *pixel = image + ((row + i) * w.width + column + j) * w.channels;
          const auto value = loaded(pixel + v * lanes, w.channels - v * lanes);
          const auto isBest = ((value == best) | (value != value)) & isOpen;
          inputs[i][(column + j) * vectors + v] += isBest ? gradient : Vector<Stored>{};
          isOpen &= ~isBest;
        }
      }
    }
  }
}

/// The loops of this machine's instruction set.
template <typename Stored>
struct RowKernels {
  void (*maxRow)(const Stored *, const Windows &, int64_t, Vector<Stored> *);
  void (*smoothRow)(const Vector<Stored> *const *, const Number<Stored> *, const Windows &, Stored *);
  void (*spreadRow)(const Stored *, const Number<Stored> *, const Windows &, int64_t, Vector<Stored> *);
  void (*routeRow)(const Stored *, const Windows &, int64_t, const Vector<Stored> *, Vector<Stored> *const *);
};

#define STEERABLE_ROW_KERNELS(NAME, ATTRIBUTE)                                                                        \
  template <typename Stored>                                                                                          \
  struct NAME {                                                                                                       \
    ATTRIBUTE static void maxima(const Stored *image, const Windows &w, int64_t h, Vector<Stored> *target) {          \
      maxRow(image, w, h, target);                                                                                    \
    }                                                                                                                 \
    ATTRIBUTE static void smooth(                                                                                     \
      const Vector<Stored> *const *maxima, const Number<Stored> *weights, const Windows &w, Stored *result            \
    ) {                                                                                                               \
      smoothRow<Stored>(maxima, weights, w, result);                                                                  \
    }                                                                                                                 \
    ATTRIBUTE static void spread(                                                                                     \
      const Stored *gradient, const Number<Stored> *weights, const Windows &w, int64_t i, Vector<Stored> *maxima      \
    ) {                                                                                                               \
      spreadRow(gradient, weights, w, i, maxima);                                                                     \
    }                                                                                                                 \
    ATTRIBUTE static void route(                                                                                      \
      const Stored *image, const Windows &w, int64_t h, const Vector<Stored> *maxima, Vector<Stored> *const *inputs   \
    ) {                                                                                                               \
      routeRow(image, w, h, maxima, inputs);                                                                          \
    }                                                                                                                 \
    static RowKernels<Stored> kernels() { return {maxima, smooth, spread, route}; }                                   \
  };

STEERABLE_ROW_KERNELS(Portable, )
STEERABLE_ROW_KERNELS(AVX2, STEERABLE_AVX2)
STEERABLE_ROW_KERNELS(AVX512, STEERABLE_AVX512)
#undef STEERABLE_ROW_KERNELS

template <typename Stored>
RowKernels<Stored> kernels() {
  return chosen(Portable<Stored>::kernels(), AVX2<Stored>::kernels(), AVX512<Stored>::kernels());
}

}  // namespace steerable::pool

#pragma GCC diagnostic pop

// The transforms around the products of a convolution with windows of 3² pixels by Winograd's minimal filtering: blocks of
// 2² outputs by 16 products instead of 36 for each pair of channels (Lavin and Gray 2016, F(2×2, 3×3)).
//
// Of a block's 4² pixels under its windows, and of a filter's 3², sums and differences are made; the 16 products of these
// are summed to the 4 outputs. What is linear has a transpose, and the transposes make the gradients. All numbers in them
// are 0, ±1 and ±½, so hardly a digit is lost.
//
// Images are channels-last, and vectors run over the channels. On x86-64 the code is compiled for three instruction sets,
// from which one is chosen when the program runs.
#pragma once

#include "Vectors.hpp"

#include <array>
#include <cstdint>
#include <limits>

// No vector crosses the boundary of a function that is not inlined.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpsabi"

namespace steerable::winograd {

/// The products of a block, row by row.
constexpr int64_t products = 16;

/// The blocks of outputs of one image `[height, width, channels]`.
struct Blocks {
  int64_t height, width, outputHeight, outputWidth;
  std::array<int64_t, 2> padding;

  int64_t rows() const { return (outputHeight + 1) / 2; }
  int64_t columns() const { return (outputWidth + 1) / 2; }
};

/// Where the numbers of a row of blocks lie: product by product, block by block, channel by channel.
struct Strides {
  int64_t product, block;
};

/// What is between the pixels under a block and the factors of its products, for a row or column of four.
template <typename Vector>
STEERABLE_INLINE void analyze(const Vector *pixels, Vector *factors) {
  factors[0] = pixels[0] - pixels[2];
  factors[1] = pixels[1] + pixels[2];
  factors[2] = pixels[2] - pixels[1];
  factors[3] = pixels[1] - pixels[3];
}

/// The transpose of `analyze`.
template <typename Vector>
STEERABLE_INLINE void synthesize(const Vector *factors, Vector *pixels) {
  pixels[0] = factors[0];
  pixels[1] = factors[1] - factors[2] + factors[3];
  pixels[2] = factors[1] + factors[2] - factors[0];
  pixels[3] = -factors[3];
}

/// One row of blocks for some channels: the factors of the products, from the image.
template <typename Stored>
STEERABLE_INLINE void analyzeRow(
  const Stored *image, int64_t channels, const Blocks &blocks, int64_t row, int64_t channel, Stored *result,
  const Strides &strides
) {
  const int64_t count = channels - channel;
  // Of each column of pixels the four sums along it; two of a block's columns are those of the one before.
  Vector<Stored> sums[4][4];
  auto read = [&](int64_t x, Vector<Stored> *target) STEERABLE_INLINE_LAMBDA {
    Vector<Stored> pixels[4] = {};
    if (x >= 0 && x < blocks.width) {
      for (int64_t i = 0; i < 4; ++i) {
        const int64_t y = 2 * row - blocks.padding[0] + i;
        if (y >= 0 && y < blocks.height) {
          pixels[i] = loaded(image + (y * blocks.width + x) * channels + channel, count);
        }
      }
    }
    analyze(pixels, target);
  };
  read(-blocks.padding[1], sums[2]);
  read(1 - blocks.padding[1], sums[3]);
  for (int64_t block = 0; block < blocks.columns(); ++block) {
    const int64_t x = 2 * block - blocks.padding[1];
    for (int i = 0; i < 4; ++i) {
      sums[0][i] = sums[2][i];
      sums[1][i] = sums[3][i];
    }
    read(x + 2, sums[2]);
    read(x + 3, sums[3]);
    Stored *target = result + block * strides.block + channel;
    for (int i = 0; i < 4; ++i) {
      const Vector<Stored> line[4] = {sums[0][i], sums[1][i], sums[2][i], sums[3][i]};
      Vector<Stored> factors[4];
      analyze(line, factors);
      for (int j = 0; j < 4; ++j) store(target + (4 * i + j) * strides.product, factors[j], count);
    }
  }
}

/// The transpose of `analyzeRow`: adds to the image, to the lanes from `fresh` on.
template <typename Number>
STEERABLE_INLINE void synthesizeRow(
  const Number *values, const Strides &strides, const Blocks &blocks, int64_t row, int64_t channel, int64_t fresh,
  Number *image, int64_t channels
) {
  const int64_t count = channels - channel;
  Vector<Number> open[2][4] = {};
  auto isFresh = open[0][0] != open[0][0];
  for (int64_t lane = 0; lane < Lanes<Number>::count; ++lane) isFresh[lane] = lane < fresh ? 0 : -1;
  auto add = [&](int64_t x, const Vector<Number> *pixels) STEERABLE_INLINE_LAMBDA {
    if (x < 0 || x >= blocks.width) return;
    for (int64_t i = 0; i < 4; ++i) {
      const int64_t y = 2 * row - blocks.padding[0] + i;
      if (y < 0 || y >= blocks.height) continue;
      Number *target = image + (y * blocks.width + x) * channels + channel;
      store(target, loaded(target, count) + (isFresh ? pixels[i] : Vector<Number>{}), count);
    }
  };
  for (int64_t block = 0; block < blocks.columns(); ++block) {
    const Number *source = values + block * strides.block + channel;
    Vector<Number> lines[4][4];
    for (int i = 0; i < 4; ++i) {
      Vector<Number> factors[4];
      for (int j = 0; j < 4; ++j) factors[j] = loaded(source + (4 * i + j) * strides.product, count);
      Vector<Number> line[4];
      synthesize(factors, line);
      for (int j = 0; j < 4; ++j) lines[j][i] = line[j];
    }
    const int64_t x = 2 * block - blocks.padding[1];
    for (int j = 0; j < 4; ++j) {
      Vector<Number> pixels[4];
      synthesize(lines[j], pixels);
      if (j < 2) {
        for (int i = 0; i < 4; ++i) pixels[i] += open[j][i];
        add(x + j, pixels);
      } else {
        for (int i = 0; i < 4; ++i) open[j - 2][i] = pixels[i];
      }
    }
  }
  const int64_t x = 2 * blocks.columns() - blocks.padding[1];
  add(x, open[0]);
  add(x + 1, open[1]);
}

/// One row of blocks of outputs from its products, or the positive part of them.
template <typename Stored>
STEERABLE_INLINE void gatherRow(
  const Number<Stored> *values, const Strides &strides, const Blocks &blocks, int64_t row, int64_t channel,
  const Number<Stored> *bias, bool isRectified, Stored *result, int64_t channels
) {
  using Number = Number<Stored>;
  const int64_t count = channels - channel;
  const Vector<Stored> offset = bias ? loaded(bias + channel, count) : Vector<Stored>{};
  const Vector<Stored> lowest = Vector<Stored>{} - (isRectified ? 0 : std::numeric_limits<Number>::infinity());
  auto write = [&](Stored *target, Vector<Stored> sum) STEERABLE_INLINE_LAMBDA {
    sum += offset;
    // What is no number stays none.
    store(target, sum < lowest ? lowest : sum, count);
  };
  for (int64_t block = 0; block < blocks.columns(); ++block) {
    const Number *source = values + block * strides.block + channel;
    Vector<Stored> lines[2][4];
    for (int j = 0; j < 4; ++j) {
      Vector<Stored> line[4];
      for (int i = 0; i < 4; ++i) line[i] = loaded(source + (4 * i + j) * strides.product, count);
      lines[0][j] = line[0] + line[1] + line[2];
      lines[1][j] = line[1] - line[2] - line[3];
    }
    for (int i = 0; i < 2; ++i) {
      const int64_t y = 2 * row + i;
      if (y >= blocks.outputHeight) continue;
      Stored *target = result + (y * blocks.outputWidth + 2 * block) * channels + channel;
      write(target, lines[i][0] + lines[i][1] + lines[i][2]);
      if (2 * block + 1 < blocks.outputWidth) {
        write(target + channels, lines[i][1] - lines[i][2] - lines[i][3]);
      }
    }
  }
}

/// The transpose of `gatherRow` without bias.
template <typename Stored>
STEERABLE_INLINE void scatterRow(
  const Stored *gradient, int64_t channels, const Blocks &blocks, int64_t row, int64_t channel, Stored *result,
  const Strides &strides
) {
  const int64_t count = channels - channel;
  for (int64_t block = 0; block < blocks.columns(); ++block) {
    Vector<Stored> pixels[2][2] = {};
    for (int64_t i = 0; i < 2 && 2 * row + i < blocks.outputHeight; ++i) {
      for (int64_t j = 0; j < 2 && 2 * block + j < blocks.outputWidth; ++j) {
        const int64_t pixel = (2 * row + i) * blocks.outputWidth + 2 * block + j;
        pixels[i][j] = loaded(gradient + pixel * channels + channel, count);
      }
    }
    Stored *target = result + block * strides.block + channel;
    for (int i = 0; i < 4; ++i) {
      Vector<Stored> line[2];
      for (int j = 0; j < 2; ++j) {
        const Vector<Stored> first = pixels[0][j], second = pixels[1][j];
        line[j] = i == 0 ? first : i == 1 ? first + second : i == 2 ? first - second : -second;
      }
      Stored *place = target + 4 * i * strides.product;
      store(place, line[0], count);
      store(place + strides.product, line[0] + line[1], count);
      store(place + 2 * strides.product, line[0] - line[1], count);
      store(place + 3 * strides.product, -line[1], count);
    }
  }
}

/// The factors of one output's filter `[9, channels]` for some channels.
template <typename Number>
STEERABLE_INLINE void expandFilter(
  const Number *filter, int64_t channels, int64_t channel, Number *result, int64_t productStride
) {
  const int64_t count = channels - channel;
  auto expand = [](const Vector<Number> *taps, Vector<Number> *factors) STEERABLE_INLINE_LAMBDA {
    const Vector<Number> sides = Number(0.5) * (taps[0] + taps[2]), middle = Number(0.5) * taps[1];
    factors[0] = taps[0];
    factors[1] = sides + middle;
    factors[2] = sides - middle;
    factors[3] = taps[2];
  };
  Vector<Number> lines[4][3];
  for (int j = 0; j < 3; ++j) {
    Vector<Number> taps[3], factors[4];
    for (int i = 0; i < 3; ++i) taps[i] = loaded(filter + (3 * i + j) * channels + channel, count);
    expand(taps, factors);
    for (int i = 0; i < 4; ++i) lines[i][j] = factors[i];
  }
  for (int i = 0; i < 4; ++i) {
    Vector<Number> factors[4];
    expand(lines[i], factors);
    for (int j = 0; j < 4; ++j) store(result + (4 * i + j) * productStride + channel, factors[j], count);
  }
}

/// The transpose of `expandFilter`.
template <typename Number>
STEERABLE_INLINE void reduceFilter(
  const Number *values, int64_t productStride, int64_t channel, Number *filter, int64_t channels
) {
  const int64_t count = channels - channel;
  auto reduce = [](const Vector<Number> *factors, Vector<Number> *taps) STEERABLE_INLINE_LAMBDA {
    const Vector<Number> sum = Number(0.5) * (factors[1] + factors[2]);
    taps[0] = factors[0] + sum;
    taps[1] = Number(0.5) * (factors[1] - factors[2]);
    taps[2] = sum + factors[3];
  };
  Vector<Number> lines[3][4];
  for (int i = 0; i < 4; ++i) {
    Vector<Number> factors[4], taps[3];
    for (int j = 0; j < 4; ++j) factors[j] = loaded(values + (4 * i + j) * productStride + channel, count);
    reduce(factors, taps);
    for (int j = 0; j < 3; ++j) lines[j][i] = taps[j];
  }
  for (int j = 0; j < 3; ++j) {
    Vector<Number> taps[3];
    reduce(lines[j], taps);
    for (int i = 0; i < 3; ++i) store(filter + (3 * i + j) * channels + channel, taps[i], count);
  }
}

/// The loops of this machine's instruction set, over all channels.
template <typename Stored>
struct Kernels {
  using Number = steerable::Number<Stored>;
  void (*analyze)(const Stored *, int64_t channels, const Blocks &, int64_t row, Stored *, const Strides &);
  void (*synthesize)(const Number *, const Strides &, const Blocks &, int64_t row, Number *, int64_t channels);
  void (*gather)(
    const Number *, const Strides &, const Blocks &, int64_t row, const Number *bias, bool isRectified, Stored *,
    int64_t channels);
  void (*scatter)(const Stored *, int64_t channels, const Blocks &, int64_t row, Stored *, const Strides &);
  void (*expand)(const Number *, int64_t channels, Number *, int64_t productStride);
  void (*reduce)(const Number *, int64_t productStride, Number *, int64_t channels);
};

#define STEERABLE_KERNELS(NAME, ATTRIBUTE)                                                                            \
  template <typename Stored>                                                                                          \
  struct NAME {                                                                                                       \
    using Number = steerable::Number<Stored>;                                                                         \
    ATTRIBUTE static void analyze(                                                                                    \
      const Stored *image, int64_t channels, const Blocks &blocks, int64_t row, Stored *result,                       \
      const Strides &strides                                                                                          \
    ) {                                                                                                               \
      forEachVector<Stored>(channels, [&](int64_t channel, int64_t) STEERABLE_INLINE_LAMBDA {                         \
        analyzeRow(image, channels, blocks, row, channel, result, strides);                                           \
      });                                                                                                             \
    }                                                                                                                 \
    ATTRIBUTE static void synthesize(                                                                                 \
      const Number *values, const Strides &strides, const Blocks &blocks, int64_t row, Number *image,                 \
      int64_t channels                                                                                                \
    ) {                                                                                                               \
      forEachVector<Stored>(channels, [&](int64_t channel, int64_t fresh) STEERABLE_INLINE_LAMBDA {                   \
        synthesizeRow(values, strides, blocks, row, channel, fresh, image, channels);                                 \
      });                                                                                                             \
    }                                                                                                                 \
    ATTRIBUTE static void gather(                                                                                     \
      const Number *values, const Strides &strides, const Blocks &blocks, int64_t row, const Number *bias,            \
      bool isRectified, Stored *result, int64_t channels                                                              \
    ) {                                                                                                               \
      forEachVector<Stored>(channels, [&](int64_t channel, int64_t) STEERABLE_INLINE_LAMBDA {                         \
        gatherRow<Stored>(values, strides, blocks, row, channel, bias, isRectified, result, channels);                \
      });                                                                                                             \
    }                                                                                                                 \
    ATTRIBUTE static void scatter(                                                                                    \
      const Stored *gradient, int64_t channels, const Blocks &blocks, int64_t row, Stored *result,                    \
      const Strides &strides                                                                                          \
    ) {                                                                                                               \
      forEachVector<Stored>(channels, [&](int64_t channel, int64_t) STEERABLE_INLINE_LAMBDA {                         \
        scatterRow(gradient, channels, blocks, row, channel, result, strides);                                        \
      });                                                                                                             \
    }                                                                                                                 \
    ATTRIBUTE static void expand(                                                                                     \
      const Number *filter, int64_t channels, Number *result, int64_t productStride                                   \
    ) {                                                                                                               \
      forEachVector<Stored>(channels, [&](int64_t channel, int64_t) STEERABLE_INLINE_LAMBDA {                         \
        expandFilter(filter, channels, channel, result, productStride);                                               \
      });                                                                                                             \
    }                                                                                                                 \
    ATTRIBUTE static void reduce(                                                                                     \
      const Number *values, int64_t productStride, Number *filter, int64_t channels                                   \
    ) {                                                                                                               \
      forEachVector<Stored>(channels, [&](int64_t channel, int64_t) STEERABLE_INLINE_LAMBDA {                         \
        reduceFilter(values, productStride, channel, filter, channels);                                               \
      });                                                                                                             \
    }                                                                                                                 \
    static Kernels<Stored> kernels() { return {analyze, synthesize, gather, scatter, expand, reduce}; }               \
  };

STEERABLE_KERNELS(Portable, )
STEERABLE_KERNELS(AVX2, STEERABLE_AVX2)
STEERABLE_KERNELS(AVX512, STEERABLE_AVX512)
#undef STEERABLE_KERNELS

template <typename Stored>
Kernels<Stored> kernels() {
  return chosen(Portable<Stored>::kernels(), AVX2<Stored>::kernels(), AVX512<Stored>::kernels());
}

}  // namespace steerable::winograd

#pragma GCC diagnostic pop

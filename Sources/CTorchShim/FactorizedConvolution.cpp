#include "FactorizedConvolution.hpp"

#include "Buffer.hpp"
#include "ChannelsLast.hpp"
#include "Guard.hpp"
#include "ImageChecks.hpp"
#include "ThreadPool.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/convolution_backward.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <memory>
#include <vector>

using namespace steerable;

namespace {

/// Output pixels whose values under the bank are held at a time: enough for an efficient matrix product, few enough for
/// the caches of one core.
constexpr int64_t tilePixels = 256;

/// The bank on a batch of images, as a matrix `[output pixels, functions · channels]` of which some rows exist at a time.
template <typename Stored>
class TiledBank {
 public:
  TiledBank(const at::Tensor &quadrants, at::IntArrayRef counts, int64_t kernelSize, const bank::Windows &windows)
      : windows_(windows), kernels_(bank::kernels<Stored>(kernelSize)) {
    functions_.kernelSize = kernelSize;
    const at::Tensor values = quadrants.contiguous();
    const double *source = values.const_data_ptr<double>();
    const int64_t even = (kernelSize + 1) / 2, odd = kernelSize / 2;
    for (int parity = 0; parity < 4; ++parity) {
      functions_.counts[parity] = counts[parity];
      const int64_t taps = counts[parity] * (parity / 2 ? odd : even) * (parity % 2 ? odd : even);
      functions_.quadrants[parity].assign(source, source + taps);
      source += taps;
    }
  }

  /// The rows of windows that make a tile.
  int64_t tileRows() const { return std::max<int64_t>(1, tilePixels / windows_.outputWidth); }

  /// The numbers of a pixel.
  int64_t columns() const { return functions_.count() * windows_.channels; }

  int64_t imageSize() const { return windows_.height * windows_.width * windows_.channels; }

  /// Memory for one thread's work with a row.
  std::unique_ptr<Vector<Stored>[]> scratch() const {
    return std::make_unique<Vector<Stored>[]>(
      static_cast<size_t>(windows_.columns(functions_.kernelSize) * functions_.kernelSize));
  }

  /// Fills a tile, whose pixels lie `pixelStride` numbers apart, with the bank's values on rows of windows, counted over
  /// all images.
  void analyze(
    const Stored *images, Stored *tile, int64_t pixelStride, int64_t first, int64_t count, Vector<Stored> *scratch
  ) const {
    for (int64_t row = first; row < first + count; ++row, tile += windows_.outputWidth * pixelStride) {
      const Stored *image = images + row / windows_.outputHeight * imageSize();
      forEachVector<Stored>(windows_.channels, [&](int64_t channel, int64_t) {
        kernels_.analyze(
          image, tile, pixelStride, functions_, windows_, row % windows_.outputHeight, channel, scratch);
      });
    }
  }

  /// Adds the transpose of the bank on a tile to the images.
  void synthesize(
    const Number<Stored> *tile, Number<Stored> *images, int64_t first, int64_t count, Vector<Stored> *scratch
  ) const {
    for (int64_t row = first; row < first + count; ++row, tile += windows_.outputWidth * columns()) {
      Number<Stored> *image = images + row / windows_.outputHeight * imageSize();
      forEachVector<Stored>(windows_.channels, [&](int64_t channel, int64_t fresh) {
        kernels_.synthesize(
          tile, image, functions_, windows_, row % windows_.outputHeight, channel, fresh, scratch);
      });
    }
  }

 private:
  bank::Functions<Number<Stored>> functions_;
  bank::Windows windows_;
  bank::RowKernels<Stored> kernels_;
};

}  // namespace

bank::Windows factorized::Settings::windows(const at::Tensor &input) const {
  auto positions = [&](int axis) {
    return (input.size(axis + 2) + 2 * padding[axis] - kernelSize) / stride[axis] + 1;
  };
  return {
    input.size(2), input.size(3), input.size(1), positions(0), positions(1), {padding[0], padding[1]},
    {stride[0], stride[1]}};
}

at::Tensor factorized::Settings::unfolded(const at::Tensor &quadrants) const {
  const at::Tensor values = quadrants.contiguous();
  const double *source = values.const_data_ptr<double>();
  at::Tensor result = at::zeros({functions(), kernelSize, kernelSize}, quadrants.options());
  double *target = result.mutable_data_ptr<double>();
  const int64_t even = (kernelSize + 1) / 2, odd = kernelSize / 2, last = kernelSize - 1;
  for (int parity = 0; parity < 4; ++parity) {
    const double rowSign = parity / 2 ? -1 : 1, columnSign = parity % 2 ? -1 : 1;
    for (int64_t s = 0; s < counts[parity]; ++s, target += kernelSize * kernelSize) {
      for (int64_t j = 0; j < (parity / 2 ? odd : even); ++j) {
        for (int64_t i = 0; i < (parity % 2 ? odd : even); ++i) {
          const double value = *source++;
          target[(last - j) * kernelSize + last - i] = rowSign * columnSign * value;
          target[(last - j) * kernelSize + i] = rowSign * value;
          target[j * kernelSize + last - i] = columnSign * value;
          target[j * kernelSize + i] = value;
        }
      }
    }
  }
  return result;
}

template <typename Stored>
at::Tensor factorized::convolve(
  const at::Tensor &input, const RightFactor<Stored> &weights, int64_t outputs, const std::optional<at::Tensor> &bias,
  const at::Tensor &quadrants, const Settings &settings, bool isRectified
) {
  using Number = steerable::Number<Stored>;
  constexpr bool isComputedAsStored = std::is_same_v<Stored, Number>;
  const at::Tensor images = channelsLast(input.detach());
  const auto windows = settings.windows(images);
  const TiledBank<Stored> bank(quadrants, settings.counts, settings.kernelSize, windows);
  const int64_t height = windows.outputHeight, width = windows.outputWidth, rows = images.size(0) * height;
  const int64_t threads = at::get_num_threads(), columns = bank.columns(), stride = weights.padded(columns);
  const int64_t step = std::min(bank.tileRows(), std::max<int64_t>(1, (rows + threads - 1) / threads));
  const at::Tensor result = at::empty({images.size(0), height, width, outputs}, input.options());
  const at::Tensor offsets = bias ? bias->contiguous() : at::Tensor();
  const Number *offset = bias ? offsets.const_data_ptr<Number>() : nullptr;
  const Stored *source = images.const_data_ptr<Stored>();
  Stored *target = result.mutable_data_ptr<Stored>();
  // Threads take whole tiles, each with its own buffer, and meet only at the end.
  parallelParts(rows, step, [&](int64_t, int64_t begin, int64_t end) {
    at::AutoDispatchBelowADInplaceOrView below;
    const int64_t pixels = std::min(step, end - begin) * width;
    const auto tile = buffer<Stored>(pixels * stride);
    for (int64_t pixel = 0; pixel < pixels; ++pixel) {
      std::fill_n(tile.get() + pixel * stride + columns, stride - columns, Stored(0));
    }
    const auto sums = buffer<Number>(isComputedAsStored ? 0 : pixels * outputs);
    const auto scratch = bank.scratch();
    for (int64_t row = begin; row < end; row += step) {
      const int64_t count = std::min(step, end - row), size = count * width;
      bank.analyze(source, tile.get(), stride, row, count, scratch.get());
      Stored *part = target + row * width * outputs;
      Number *sum = sums.get();
      if constexpr (isComputedAsStored) sum = part;
      for (int64_t pixel = 0; pixel < size && offset; ++pixel) std::copy_n(offset, outputs, sum + pixel * outputs);
      weights.multiply(tile.get(), size, stride, sum, outputs, offset != nullptr);
      // What is no number stays none.
      for (int64_t i = 0; i < size * outputs && isRectified; ++i) sum[i] = sum[i] < 0 ? 0 : sum[i];
      if constexpr (!isComputedAsStored) roundNumbers(sum, part, size * outputs);
    }
    finishProducts<Stored>();
  });
  return result.permute({0, 3, 1, 2});
}

template at::Tensor factorized::convolve(
  const at::Tensor &, const RightFactor<float> &, int64_t, const std::optional<at::Tensor> &, const at::Tensor &,
  const Settings &, bool);
template at::Tensor factorized::convolve(
  const at::Tensor &, const RightFactor<double> &, int64_t, const std::optional<at::Tensor> &, const at::Tensor &,
  const Settings &, bool);
template at::Tensor factorized::convolve(
  const at::Tensor &, const RightFactor<c10::BFloat16> &, int64_t, const std::optional<at::Tensor> &, const at::Tensor &,
  const Settings &, bool);

namespace {

using factorized::Settings;

/// The gradients of input and weight, where asked for; the bank's values are computed again.
template <typename Stored>
std::pair<at::Tensor, at::Tensor> differentiate(
  const at::Tensor &gradient, const at::Tensor &input, const at::Tensor &weight, const at::Tensor &quadrants,
  const Settings &settings, bool needsInput, bool needsWeight
) {
  using Number = steerable::Number<Stored>;
  constexpr bool isComputedAsStored = std::is_same_v<Stored, Number>;
  const at::Tensor images = channelsLast(input.detach()), slopes = channelsLast(gradient.detach());
  const auto windows = settings.windows(images);
  const TiledBank<Stored> bank(quadrants, settings.counts, settings.kernelSize, windows);
  const int64_t height = windows.outputHeight, width = windows.outputWidth, outputs = weight.size(0);
  const int64_t columns = bank.columns(), imageSize = bank.imageSize();
  // A tile has some rows of an image, or some whole images.
  const int64_t together = std::max<int64_t>(1, tilePixels / (height * width));
  const int64_t step = std::min(bank.tileRows(), together * height);
  RightFactor<Stored> weights;
  at::Tensor inputGradient;
  Stored *target = nullptr;
  if (needsInput) {
    weights.read(weight.const_data_ptr<Number>(), outputs, columns, columns, 1, true);
    inputGradient = at::empty({images.size(0), images.size(2), images.size(3), images.size(1)}, input.options());
    target = inputGradient.mutable_data_ptr<Stored>();
  }
  const Stored *source = images.const_data_ptr<Stored>(), *outer = slopes.const_data_ptr<Stored>();
  // Threads take whole images, and their sums over pixels are added in one order.
  std::vector<at::Tensor> sums(at::get_num_threads());
  parallelParts(images.size(0), 1, [&](int64_t thread, int64_t begin, int64_t end) {
    at::AutoDispatchBelowADInplaceOrView below;
    const auto tile = buffer<Stored>(needsWeight ? step * width * columns : 0);
    const auto shares = buffer<Number>(needsInput ? step * width * columns : 0);
    const auto pictures = buffer<Number>(needsInput && !isComputedAsStored ? together * imageSize : 0);
    const auto scratch = bank.scratch();
    LeftFactor<Stored> factor;
    RightFactor<Stored> values;
    if (needsWeight) sums[thread] = at::empty_like(weight);
    for (int64_t image = begin; image < end; image += together) {
      const int64_t rows = std::min(together, end - image) * height, size = rows / height * imageSize;
      Number *sum = pictures.get();
      if constexpr (isComputedAsStored) sum = target + image * imageSize;
      if (needsInput) std::fill_n(sum, size, Number(0));
      for (int64_t row = 0; row < rows; row += step) {
        const int64_t count = std::min(step, rows - row), pixels = count * width;
        const Stored *part = outer + (image * height + row) * width * outputs;
        if (needsWeight) {
          bank.analyze(source, tile.get(), columns, image * height + row, count, scratch.get());
          values.read(tile.get(), pixels, columns, columns, 1, false);
          values.multiply(
            factor.transposed(part, pixels, outputs, outputs), outputs, values.padded(pixels),
            sums[thread].mutable_data_ptr<Number>(), columns, image > begin || row > 0);
        }
        if (needsInput) {
          weights.multiply(
            factor.padded(part, pixels, outputs), pixels, weights.padded(outputs), shares.get(), columns, false);
          bank.synthesize(shares.get(), sum, row, count, scratch.get());
        }
      }
      if constexpr (!isComputedAsStored) {
        if (needsInput) roundNumbers(sum, target + image * imageSize, size);
      }
    }
    finishProducts<Stored>();
  });
  at::Tensor weightGradient;
  for (const at::Tensor &sum : sums) {
    if (sum.defined()) weightGradient = weightGradient.defined() ? weightGradient.add_(sum) : sum;
  }
  if (needsWeight && !weightGradient.defined()) weightGradient = at::zeros_like(weight);
  if (needsInput) inputGradient = inputGradient.permute({0, 3, 1, 2});
  return {inputGradient, weightGradient};
}

/// The same gradients through the plain filter, by operations that record how they were made.
std::pair<at::Tensor, at::Tensor> differentiateWithGraph(
  const at::Tensor &gradient, const at::Tensor &input, const at::Tensor &weight, const at::Tensor &quadrants,
  const Settings &settings, bool needsInput, bool needsWeight
) {
  const int64_t out = weight.size(0), in = input.size(1), k = settings.kernelSize, count = settings.functions();
  const at::Tensor functions = settings.unfolded(quadrants).to(weight.scalar_type()).view({count, k * k});
  const at::Tensor coefficients = weight.view({out, count, in}).transpose(1, 2);
  const at::Tensor filter = coefficients.matmul(functions).view({out, in, k, k});
  auto [inputGradient, filterGradient, biasGradient] = at::convolution_backward(
    gradient.to(filter.scalar_type()), input.to(filter.scalar_type()), filter, std::nullopt, settings.stride,
    settings.padding, {1, 1}, false, {0, 0}, 1, {needsInput, needsWeight, false});
  at::Tensor weightGradient;
  if (needsWeight) {
    weightGradient =
      filterGradient.reshape({out, in, k * k}).matmul(functions.t()).transpose(1, 2).reshape({out, count * in});
  }
  if (needsInput) inputGradient = inputGradient.to(input.scalar_type());
  return {inputGradient, weightGradient};
}

class FactorizedConvolution : public torch::autograd::Function<FactorizedConvolution> {
 public:
  static at::Tensor forward(
    torch::autograd::AutogradContext *context, const at::Tensor &input, const at::Tensor &weight,
    const std::optional<at::Tensor> &bias, const at::Tensor &quadrants, const Settings &settings
  ) {
    at::AutoDispatchBelowADInplaceOrView below;
    context->save_for_backward({input, weight, quadrants});
    context->saved_data["hasBias"] = bias.has_value();
    context->saved_data["kernelSize"] = settings.kernelSize;
    context->saved_data["counts"] = settings.counts;
    context->saved_data["stride"] = settings.stride;
    context->saved_data["padding"] = settings.padding;
    const at::Tensor contiguous = weight.contiguous();
    return dispatched(input.scalar_type(), [&](auto number) {
      using Stored = decltype(number);
      const int64_t outputs = contiguous.size(0), columns = contiguous.size(1);
      RightFactor<Stored> weights;
      weights.read(contiguous.const_data_ptr<Number<Stored>>(), columns, outputs, 1, columns, true);
      return factorized::convolve(input, weights, outputs, bias, quadrants, settings, false);
    });
  }

  static torch::autograd::variable_list backward(
    torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients
  ) {
    const auto saved = context->get_saved_variables();
    const at::Tensor &gradient = gradients[0], &input = saved[0], &weight = saved[1], &quadrants = saved[2];
    const Settings settings{
      context->saved_data["kernelSize"].toInt(), context->saved_data["counts"].toIntVector(),
      context->saved_data["stride"].toIntVector(), context->saved_data["padding"].toIntVector()};
    const bool needsInput = context->needs_input_grad(0), needsWeight = context->needs_input_grad(1);
    std::pair<at::Tensor, at::Tensor> result;
    if (at::GradMode::is_enabled()) {
      result = differentiateWithGraph(gradient, input, weight, quadrants, settings, needsInput, needsWeight);
    } else {
      result = dispatched(input.scalar_type(), [&](auto number) {
        return differentiate<decltype(number)>(
          gradient, input, weight.contiguous(), quadrants, settings, needsInput, needsWeight);
      });
    }
    at::Tensor biasGradient;
    // Only what is a tensor has a number among those that may need gradients.
    if (context->saved_data["hasBias"].toBool() && context->needs_input_grad(2)) {
      biasGradient = gradient.sum({0, 2, 3}, false, weight.scalar_type());
    }
    return {result.first, result.second, biasGradient, {}, {}};
  }
};

}  // namespace

bool ts_factorized_convolution_takes(int8_t dtype) noexcept { return hasProducts(static_cast<at::ScalarType>(dtype)); }

bool ts_multiplies_blocks(int8_t dtype) noexcept { return multipliesBlocks(static_cast<at::ScalarType>(dtype)); }

TSTensor ts_factorized_convolution(
  TSTensor input, TSTensor weight, TSTensor bias, TSTensor bank, intptr_t kernelSize, const intptr_t *counts,
  const intptr_t *stride, const intptr_t *padding, TSError *error
) noexcept {
  return guard(error, [&] {
    const at::Tensor x = retained(input), w = retained(weight), quadrants = retained(bank);
    const factorized::Settings settings{
      kernelSize, integers(counts, 4).vec(), integers(stride, 2).vec(), integers(padding, 2).vec()};
    const std::optional<at::Tensor> offset = optional(bias);
    checkTypes(x, w, offset);
    TORCH_CHECK(
      kernelSize == 3 || kernelSize == 5 || kernelSize == 7, "expected a kernel of 3, 5 or 7 pixels, got ",
      kernelSize);
    TORCH_CHECK(
      x.dim() == 4 && w.dim() == 2 && w.size(1) == settings.functions() * x.size(1), "expected images [N, C, H, W] and ",
      settings.functions(), " coefficients for each of their channels, got ", x.sizes(), " and ", w.sizes());
    checkImages(x, x.size(1), kernelSize, settings.padding);
    return wrap(FactorizedConvolution::apply(x, w, offset, quadrants, settings));
  });
}

#include "ChannelsLast.hpp"
#include "FilterBank.hpp"
#include "Guard.hpp"
#include "ThreadPool.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/convolution_backward.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
#include <torch/csrc/autograd/custom_function.h>

#include <memory>

using namespace steerable;

namespace {

/// Output pixels whose values under the bank are held at a time: enough for an efficient matrix product, few enough for
/// the caches of one core.
constexpr int64_t tilePixels = 256;

/// The bank on a batch of images, as a matrix `[output pixels, functions · channels]` of which some rows exist at a time.
template <typename Number>
class TiledBank {
 public:
  TiledBank(const at::Tensor &quadrants, at::IntArrayRef counts, int64_t kernelSize, const bank::Windows &windows)
      : windows_(windows), kernels_(bank::kernels<Number>(kernelSize)) {
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

  /// Memory for one thread's work with a row.
  std::unique_ptr<bank::Vector<Number>[]> scratch() const {
    const int64_t count = windows_.columns(functions_.kernelSize) * functions_.kernelSize;
    return std::make_unique<bank::Vector<Number>[]>(static_cast<size_t>(count));
  }

  /// Fills a tile with the bank's values on rows of windows, counted over all images.
  void analyze(
    const Number *images, Number *tile, int64_t first, int64_t count, bank::Vector<Number> *scratch
  ) const {
    for (int64_t row = first; row < first + count; ++row, tile += rowSize()) {
      const Number *image = images + row / windows_.outputHeight * imageSize();
      for (int64_t channel = 0; channel < windows_.channels; channel += lanes) {
        kernels_.analyze(image, tile, functions_, windows_, row % windows_.outputHeight, channel, scratch);
      }
    }
  }

  /// Adds the transpose of the bank on a tile to the images.
  void synthesize(
    const Number *tile, Number *images, int64_t first, int64_t count, bank::Vector<Number> *scratch
  ) const {
    for (int64_t row = first; row < first + count; ++row, tile += rowSize()) {
      Number *image = images + row / windows_.outputHeight * imageSize();
      for (int64_t channel = 0; channel < windows_.channels; channel += lanes) {
        kernels_.synthesize(tile, image, functions_, windows_, row % windows_.outputHeight, channel, scratch);
      }
    }
  }

 private:
  static constexpr int64_t lanes = Lanes<Number>::count;

  int64_t imageSize() const { return windows_.height * windows_.width * windows_.channels; }
  int64_t rowSize() const { return windows_.outputWidth * functions_.count() * windows_.channels; }

  bank::Functions<Number> functions_;
  bank::Windows windows_;
  bank::RowKernels<Number> kernels_;
};

/// What does not change between forward and backward.
struct Settings {
  int64_t kernelSize;
  std::vector<int64_t> counts, stride, padding;

  int64_t functions() const { return counts[0] + counts[1] + counts[2] + counts[3]; }

  bank::Windows windows(const at::Tensor &input) const {
    auto positions = [&](int axis) {
      return (input.size(axis + 2) + 2 * padding[axis] - kernelSize) / stride[axis] + 1;
    };
    return {
      input.size(2), input.size(3), input.size(1), positions(0), positions(1), {padding[0], padding[1]},
      {stride[0], stride[1]}};
  }

  /// The functions as full windows `[functions, k, k]`, from their quadrants.
  at::Tensor unfolded(const at::Tensor &quadrants) const {
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
};

/// Images as a matrix `[pixels, channels]`, a view of channels-last memory.
at::Tensor pixels(const at::Tensor &images) {
  return images.permute({0, 2, 3, 1}).reshape({-1, images.size(1)});
}

template <typename Number>
at::Tensor convolve(
  const at::Tensor &input, const at::Tensor &weight, const std::optional<at::Tensor> &bias,
  const at::Tensor &quadrants, const Settings &settings
) {
  const at::Tensor images = channelsLast(input.detach());
  const auto windows = settings.windows(images);
  const TiledBank<Number> bank(quadrants, settings.counts, settings.kernelSize, windows);
  const int64_t rows = images.size(0) * windows.outputHeight, width = windows.outputWidth, step = bank.tileRows();
  const at::Tensor result = at::empty({rows * width, weight.size(0)}, input.options());
  const at::Tensor product = weight.detach().t();
  const std::optional<at::Tensor> offset = bias ? std::optional(bias->detach()) : std::nullopt;
  // Threads take whole tiles, each with its own buffer, and meet only at the end.
  parallelParts(rows, step, [&](int64_t, int64_t begin, int64_t end) {
    at::AutoDispatchBelowADInplaceOrView below;
    const at::Tensor tile = at::empty({std::min(step, end - begin) * width, weight.size(1)}, input.options());
    const auto scratch = bank.scratch();
    for (int64_t row = begin; row < end; row += step) {
      const int64_t count = std::min(step, end - row);
      bank.analyze(images.const_data_ptr<Number>(), tile.mutable_data_ptr<Number>(), row, count, scratch.get());
      at::Tensor target = result.narrow(0, row * width, count * width);
      const at::Tensor values = tile.narrow(0, 0, count * width);
      if (offset) {
        at::addmm_out(target, *offset, values, product);
      } else {
        at::mm_out(target, values, product);
      }
    }
  });
  return result.view({images.size(0), windows.outputHeight, width, weight.size(0)}).permute({0, 3, 1, 2});
}

/// The gradients of input and weight, where asked for; the bank's values are computed again.
template <typename Number>
std::pair<at::Tensor, at::Tensor> differentiate(
  const at::Tensor &gradient, const at::Tensor &input, const at::Tensor &weight, const at::Tensor &quadrants,
  const Settings &settings, bool needsInput, bool needsWeight
) {
  const at::Tensor images = channelsLast(input.detach()), outputs = pixels(channelsLast(gradient.detach()));
  const at::Tensor matrix = weight.detach();
  const auto windows = settings.windows(images);
  const TiledBank<Number> bank(quadrants, settings.counts, settings.kernelSize, windows);
  const int64_t height = windows.outputHeight, width = windows.outputWidth, step = bank.tileRows();
  at::Tensor inputGradient;
  if (needsInput) {
    inputGradient = at::zeros({images.size(0), images.size(2), images.size(3), images.size(1)}, input.options());
  }
  // Threads take whole images, and their sums over pixels are added in one order.
  std::vector<at::Tensor> sums(at::get_num_threads());
  parallelParts(images.size(0), 1, [&](int64_t thread, int64_t begin, int64_t end) {
    at::AutoDispatchBelowADInplaceOrView below;
    const at::Tensor tile =
      at::empty({std::min(step, (end - begin) * height) * width, matrix.size(1)}, input.options());
    const auto scratch = bank.scratch();
    at::Tensor sum;
    for (int64_t row = begin * height; row < end * height; row += step) {
      const int64_t count = std::min(step, end * height - row);
      const at::Tensor part = outputs.narrow(0, row * width, count * width);
      at::Tensor values = tile.narrow(0, 0, count * width);
      if (needsWeight) {
        bank.analyze(images.const_data_ptr<Number>(), tile.mutable_data_ptr<Number>(), row, count, scratch.get());
        if (sum.defined()) {
          at::addmm_out(sum, sum, part.t(), values);
        } else {
          sum = at::mm(part.t(), values);
        }
      }
      if (needsInput) {
        at::mm_out(values, part, matrix);
        bank.synthesize(
          tile.const_data_ptr<Number>(), inputGradient.mutable_data_ptr<Number>(), row, count, scratch.get());
      }
    }
    sums[thread] = sum;
  });
  at::Tensor weightGradient;
  for (const at::Tensor &sum : sums) {
    if (sum.defined()) weightGradient = weightGradient.defined() ? weightGradient.add_(sum) : sum;
  }
  if (needsWeight && !weightGradient.defined()) weightGradient = at::zeros_like(matrix);
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
    gradient, input, filter, std::nullopt, settings.stride, settings.padding, {1, 1}, false, {0, 0}, 1,
    {needsInput, needsWeight, false});
  at::Tensor weightGradient;
  if (needsWeight) {
    weightGradient =
      filterGradient.reshape({out, in, k * k}).matmul(functions.t()).transpose(1, 2).reshape({out, count * in});
  }
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
    context->saved_data["kernelSize"] = settings.kernelSize;
    context->saved_data["counts"] = settings.counts;
    context->saved_data["stride"] = settings.stride;
    context->saved_data["padding"] = settings.padding;
    const at::Tensor contiguous = weight.contiguous();
    return input.scalar_type() == at::kDouble ? convolve<double>(input, contiguous, bias, quadrants, settings)
                                              : convolve<float>(input, contiguous, bias, quadrants, settings);
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
    } else if (input.scalar_type() == at::kDouble) {
      result =
        differentiate<double>(gradient, input, weight.contiguous(), quadrants, settings, needsInput, needsWeight);
    } else {
      result =
        differentiate<float>(gradient, input, weight.contiguous(), quadrants, settings, needsInput, needsWeight);
    }
    at::Tensor biasGradient;
    if (context->needs_input_grad(2)) biasGradient = gradient.sum({0, 2, 3});
    return {result.first, result.second, biasGradient, {}, {}};
  }
};

}  // namespace

TSTensor ts_factorized_convolution(
  TSTensor input, TSTensor weight, TSTensor bias, TSTensor bank, intptr_t kernelSize, const intptr_t *counts,
  const intptr_t *stride, const intptr_t *padding, TSError *error
) noexcept {
  return guard(error, [&] {
    const at::Tensor x = retained(input), w = retained(weight), quadrants = retained(bank);
    const Settings settings{
      kernelSize, integers(counts, 4).vec(), integers(stride, 2).vec(), integers(padding, 2).vec()};
    TORCH_CHECK(
      x.device().is_cpu() && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kDouble),
      "a factorized convolution runs on the CPU in float32 or float64, got ", x.scalar_type(), " on ", x.device());
    TORCH_CHECK(
      w.scalar_type() == x.scalar_type() && w.device() == x.device(), "expected weights of type ", x.scalar_type(),
      ", got ", w.scalar_type());
    TORCH_CHECK(
      kernelSize == 3 || kernelSize == 5 || kernelSize == 7, "expected a kernel of 3, 5 or 7 pixels, got ",
      kernelSize);
    TORCH_CHECK(
      x.dim() == 4 && w.dim() == 2 && w.size(1) == settings.functions() * x.size(1),
      "expected images [N, C, H, W] and ", settings.functions(), " coefficients for each of their channels, got ", x.sizes(), " and ", w.sizes());
    TORCH_CHECK(
      x.size(2) + 2 * padding[0] >= kernelSize && x.size(3) + 2 * padding[1] >= kernelSize,
      "images of ", x.size(2), " × ", x.size(3), " pixels are smaller than the kernel");
    return wrap(FactorizedConvolution::apply(x, w, optional(bias), quadrants, settings));
  });
}

#include "WinogradConvolution.hpp"

#include "Buffer.hpp"
#include "ChannelsLast.hpp"
#include "Guard.hpp"
#include "ImageChecks.hpp"
#include "ThreadPool.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/convolution_backward.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <array>
#include <vector>

using namespace steerable;

namespace {

/// The blocks whose factors are held at a time, so that they and the sums of their products stay in the caches of a core.
constexpr int64_t blocksForward = 64;
/// More in the backward pass, where each product reads and writes the gradients of all filters.
constexpr int64_t blocksBackward = 256;

winograd::Blocks blocks(const at::Tensor &input, at::IntArrayRef padding) {
  const int64_t height = input.size(2), width = input.size(3);
  return {height, width, height + 2 * padding[0] - 2, width + 2 * padding[1] - 2, {padding[0], padding[1]}};
}

/// Factors of the products of some blocks, in rows as products read them from the left.
template <typename Stored>
struct Tile {
  winograd::Strides strides;
  std::unique_ptr<Stored[]> values;

  Tile(int64_t blocks, int64_t columns, int64_t length)
      : strides{blocks * length, length}, values(buffer<Stored>(winograd::products * blocks * length)) {
    for (int64_t row = 0; row < winograd::products * blocks && length > columns; ++row) {
      std::fill_n(values.get() + row * length + columns, length - columns, Stored(0));
    }
  }

  Stored *product(int64_t index) const { return values.get() + index * strides.product; }
  Stored *row(int64_t index) const { return values.get() + index * strides.block; }
};

}  // namespace

template <typename Stored>
winograd::Factors<Stored>::Factors(const at::Tensor &filter, bool isTransposed) {
  const int64_t outputs = filter.size(0), inputs = filter.size(1);
  const at::Tensor arranged = filter.permute({0, 2, 3, 1}).contiguous();
  values_ = at::empty({products, outputs, inputs}, filter.options());
  const auto kernels = winograd::kernels<Stored>();
  const Number<Stored> *source = arranged.const_data_ptr<Number<Stored>>();
  Number<Stored> *target = values_.mutable_data_ptr<Number<Stored>>();
  parallelParts(outputs, 8, [&](int64_t, int64_t begin, int64_t end) {
    for (int64_t output = begin; output < end; ++output) {
      kernels.expand(source + 9 * output * inputs, inputs, target + output * inputs, outputs * inputs);
    }
  });
  parallelParts(products, 1, [&](int64_t, int64_t begin, int64_t end) {
    for (int64_t product = begin; product < end; ++product) {
      const Number<Stored> *values = target + product * outputs * inputs;
      if (isTransposed) {
        matrices_[product].read(values, outputs, inputs, inputs, 1, false);
      } else {
        matrices_[product].read(values, inputs, outputs, 1, inputs, false);
      }
    }
  });
}

template <typename Stored>
winograd::Factors<Stored>::Factors(const at::Tensor &blocks, int64_t inputs, int64_t outputs) : values_(blocks) {
  const std::vector<at::Tensor> parts = blocks.tensor_split(products);
  for (int64_t product = 0; product < products; ++product) matrices_[product].adopt(parts[product], inputs, outputs);
}

template <typename Stored>
at::Tensor winograd::Factors<Stored>::blocks() const {
  std::vector<at::Tensor> parts;
  for (const RightFactor<Stored> &matrix : matrices_) parts.push_back(matrix.blocks());
  return at::cat(parts);
}

template <typename Stored>
at::Tensor winograd::convolve(
  const at::Tensor &input, const Factors<Stored> &factors, int64_t outputs, const std::optional<at::Tensor> &bias,
  at::IntArrayRef padding, bool isRectified
) {
  using Number = steerable::Number<Stored>;
  const at::Tensor images = channelsLast(input.detach());
  const auto blocks = ::blocks(images, padding);
  const auto kernels = winograd::kernels<Stored>();
  const int64_t inputs = images.size(1), length = RightFactor<Stored>::padded(inputs);
  const at::Tensor result =
    at::empty({images.size(0), blocks.outputHeight, blocks.outputWidth, outputs}, input.options());
  const at::Tensor offsets = bias ? bias->contiguous() : at::Tensor();
  const Number *offset = bias ? offsets.const_data_ptr<Number>() : nullptr;
  const Stored *source = images.const_data_ptr<Stored>();
  Stored *target = result.mutable_data_ptr<Stored>();
  const int64_t rows = images.size(0) * blocks.rows(), threads = at::get_num_threads();
  const int64_t step =
    std::max<int64_t>(1, std::min(blocksForward / blocks.columns(), (rows + threads - 1) / threads));
  // Threads take whole rows of blocks and meet only at the end.
  parallelParts(rows, step, [&](int64_t, int64_t begin, int64_t end) {
    at::AutoDispatchBelowADInplaceOrView below;
    const int64_t most = std::min(step, end - begin) * blocks.columns();
    const Tile<Stored> tile(most, inputs, length);
    const Tile<Number> sums(most, outputs, outputs);
    for (int64_t first = begin; first < end; first += step) {
      const int64_t count = std::min(step, end - first);
      for (int64_t row = 0; row < count; ++row) {
        const int64_t image = (first + row) / blocks.rows();
        kernels.analyze(
          source + image * blocks.height * blocks.width * inputs, inputs, blocks, (first + row) % blocks.rows(),
          tile.row(row * blocks.columns()), tile.strides);
      }
      for (int64_t product = 0; product < winograd::products; ++product) {
        factors[product].multiply(
          tile.product(product), count * blocks.columns(), length, sums.product(product), outputs, false);
      }
      for (int64_t row = 0; row < count; ++row) {
        const int64_t image = (first + row) / blocks.rows();
        kernels.gather(
          sums.row(row * blocks.columns()), sums.strides, blocks, (first + row) % blocks.rows(), offset,
          isRectified, target + image * blocks.outputHeight * blocks.outputWidth * outputs, outputs);
      }
    }
    finishProducts<Stored>();
  });
  return result.permute({0, 3, 1, 2});
}

template class winograd::Factors<float>;
template class winograd::Factors<double>;
template class winograd::Factors<c10::BFloat16>;
template at::Tensor winograd::convolve(
  const at::Tensor &, const Factors<float> &, int64_t, const std::optional<at::Tensor> &, at::IntArrayRef, bool);
template at::Tensor winograd::convolve(
  const at::Tensor &, const Factors<double> &, int64_t, const std::optional<at::Tensor> &, at::IntArrayRef, bool);
template at::Tensor winograd::convolve(
  const at::Tensor &, const Factors<c10::BFloat16> &, int64_t, const std::optional<at::Tensor> &, at::IntArrayRef, bool);

namespace {

/// The gradients of input and filter, where asked for; the factors are computed again.
template <typename Stored>
std::pair<at::Tensor, at::Tensor> differentiate(
  const at::Tensor &gradient, const at::Tensor &input, const at::Tensor &filter, at::IntArrayRef padding,
  bool needsInput, bool needsFilter
) {
  using Number = steerable::Number<Stored>;
  constexpr bool isComputedAsStored = std::is_same_v<Stored, Number>;
  const at::Tensor images = channelsLast(input.detach()), slopes = channelsLast(gradient.detach());
  const auto blocks = ::blocks(images, padding);
  const auto kernels = winograd::kernels<Stored>();
  const int64_t inputs = filter.size(1), outputs = filter.size(0), length = RightFactor<Stored>::padded(outputs);
  const int64_t imageSize = blocks.height * blocks.width * inputs, width = blocks.columns();
  const int64_t slopeSize = blocks.outputHeight * blocks.outputWidth * outputs;
  // A tile has some rows of an image, or some whole images.
  const int64_t together = std::max<int64_t>(1, blocksBackward / (blocks.rows() * width));
  const int64_t step = std::min(std::max<int64_t>(1, blocksBackward / width), together * blocks.rows());
  std::optional<winograd::Factors<Stored>> factors;
  at::Tensor inputGradient;
  Stored *target = nullptr;
  if (needsInput) {
    factors.emplace(filter, true);
    inputGradient = at::empty({images.size(0), blocks.height, blocks.width, inputs}, input.options());
    target = inputGradient.mutable_data_ptr<Stored>();
  }
  const Stored *source = images.const_data_ptr<Stored>(), *outer = slopes.const_data_ptr<Stored>();
  // Threads take whole images, and their sums over blocks are added in one order.
  std::vector<at::Tensor> sums(at::get_num_threads());
  parallelParts(images.size(0), 1, [&](int64_t thread, int64_t begin, int64_t end) {
    at::AutoDispatchBelowADInplaceOrView below;
    const int64_t most = step * width;
    const Tile<Stored> errors(most, outputs, length), tile(needsFilter ? most : 0, inputs, inputs);
    const Tile<Number> shares(needsInput ? most : 0, inputs, inputs);
    const auto pictures = buffer<Number>(needsInput && !isComputedAsStored ? together * imageSize : 0);
    LeftFactor<Stored> left;
    RightFactor<Stored> right;
    if (needsFilter) sums[thread] = at::empty({winograd::products, outputs, inputs}, filter.options());
    for (int64_t image = begin; image < end; image += together) {
      const int64_t rows = std::min(together, end - image) * blocks.rows(), size = rows / blocks.rows() * imageSize;
      Number *sum = pictures.get();
      if constexpr (isComputedAsStored) sum = target + image * imageSize;
      if (needsInput) std::fill_n(sum, size, Number(0));
      for (int64_t first = 0; first < rows; first += step) {
        const int64_t count = std::min(step, rows - first);
        for (int64_t row = 0; row < count; ++row) {
          const int64_t place = (first + row) / blocks.rows(), line = (first + row) % blocks.rows();
          kernels.scatter(
            outer + (image + place) * slopeSize, outputs, blocks, line, errors.row(row * width), errors.strides);
          if (needsFilter) {
            kernels.analyze(
              source + (image + place) * imageSize, inputs, blocks, line, tile.row(row * width), tile.strides);
          }
        }
        for (int64_t product = 0; product < winograd::products; ++product) {
          const Stored *error = errors.product(product);
          if (needsFilter) {
            right.read(tile.product(product), count * width, inputs, inputs, 1, false);
            right.multiply(
              left.transposed(error, count * width, outputs, length), outputs, right.padded(count * width),
              sums[thread].mutable_data_ptr<Number>() + product * outputs * inputs, inputs, image > begin || first > 0);
          }
          if (needsInput) {
            (*factors)[product].multiply(error, count * width, length, shares.product(product), inputs, false);
          }
        }
        for (int64_t row = 0; row < count && needsInput; ++row) {
          kernels.synthesize(
            shares.row(row * width), shares.strides, blocks, (first + row) % blocks.rows(),
            sum + (first + row) / blocks.rows() * imageSize, inputs);
        }
      }
      if constexpr (!isComputedAsStored) {
        if (needsInput) roundNumbers(sum, target + image * imageSize, size);
      }
    }
    finishProducts<Stored>();
  });
  if (needsInput) inputGradient = inputGradient.permute({0, 3, 1, 2});
  if (!needsFilter) return {inputGradient, at::Tensor()};
  const at::Tensor filterGradient = at::zeros({outputs, 3, 3, inputs}, filter.options());
  at::Tensor total;
  for (const at::Tensor &sum : sums) {
    if (sum.defined()) total = total.defined() ? total.add_(sum) : sum;
  }
  if (total.defined()) {
    const Number *values = total.const_data_ptr<Number>();
    Number *result = filterGradient.mutable_data_ptr<Number>();
    parallelParts(outputs, 8, [&](int64_t, int64_t begin, int64_t end) {
      for (int64_t output = begin; output < end; ++output) {
        kernels.reduce(values + output * inputs, outputs * inputs, result + 9 * output * inputs, inputs);
      }
    });
  }
  return {inputGradient, filterGradient.permute({0, 3, 1, 2})};
}

class WinogradConvolution : public torch::autograd::Function<WinogradConvolution> {
 public:
  static at::Tensor forward(
    torch::autograd::AutogradContext *context, const at::Tensor &input, const at::Tensor &filter,
    const std::optional<at::Tensor> &bias, std::vector<int64_t> padding
  ) {
    at::AutoDispatchBelowADInplaceOrView below;
    context->save_for_backward({input, filter});
    context->saved_data["hasBias"] = bias.has_value();
    context->saved_data["padding"] = padding;
    return dispatched(input.scalar_type(), [&](auto number) {
      const winograd::Factors<decltype(number)> factors(filter.detach(), false);
      return winograd::convolve(input, factors, filter.size(0), bias, padding, false);
    });
  }

  static torch::autograd::variable_list backward(
    torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients
  ) {
    const auto saved = context->get_saved_variables();
    const at::Tensor &gradient = gradients[0], &input = saved[0], &filter = saved[1];
    const std::vector<int64_t> padding = context->saved_data["padding"].toIntVector();
    const bool needsInput = context->needs_input_grad(0), needsFilter = context->needs_input_grad(1);
    std::pair<at::Tensor, at::Tensor> result;
    if (at::GradMode::is_enabled()) {
      // By operations that record how the gradients were made.
      const at::ScalarType type = filter.scalar_type();
      auto [inputGradient, filterGradient, biasGradient] = at::convolution_backward(
        gradient.to(type), input.to(type), filter, std::nullopt, {1, 1}, padding, {1, 1}, false, {0, 0}, 1,
        {needsInput, needsFilter, false});
      result = {needsInput ? inputGradient.to(input.scalar_type()) : inputGradient, filterGradient};
    } else {
      result = dispatched(input.scalar_type(), [&](auto number) {
        return differentiate<decltype(number)>(gradient, input, filter.detach(), padding, needsInput, needsFilter);
      });
    }
    at::Tensor biasGradient;
    // Only what is a tensor has a number among those that may need gradients.
    if (context->saved_data["hasBias"].toBool() && context->needs_input_grad(2)) {
      biasGradient = gradient.sum({0, 2, 3}, false, filter.scalar_type());
    }
    return {result.first, result.second, biasGradient, {}};
  }
};

}  // namespace

TSTensor ts_winograd_convolution(
  TSTensor input, TSTensor filter, TSTensor bias, const intptr_t *padding, TSError *error
) noexcept {
  return guard(error, [&] {
    const at::Tensor x = retained(input), w = retained(filter);
    const std::optional<at::Tensor> offset = optional(bias);
    checkTypes(x, w, offset);
    TORCH_CHECK(
      w.dim() == 4 && w.size(2) == 3 && w.size(3) == 3 && w.numel() > 0, "expected filters [out, C, 3, 3], got ",
      w.sizes());
    checkImages(x, w.size(1), 3, integers(padding, 2));
    return wrap(WinogradConvolution::apply(x, w, offset, integers(padding, 2).vec()));
  });
}

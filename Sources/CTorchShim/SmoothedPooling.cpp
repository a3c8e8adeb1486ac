#include "ChannelsLast.hpp"
#include "Guard.hpp"
#include "SmoothedPooling.hpp"
#include "ThreadPool.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/convolution.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/max_pool2d.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <memory>
#include <vector>

using namespace steerable;

namespace {

/// What does not change between forward and backward.
struct Settings {
  int64_t size, padding, taps, stride;
  std::vector<int64_t> margin;
  std::vector<double> filter;

  pool::Windows windows(const at::Tensor &input) const {
    return {input.size(2), input.size(3), input.size(1), size, padding, taps, stride, {margin[0], margin[1]}};
  }

  template <typename Stored>
  std::vector<Number<Stored>> weights() const {
    return {filter.begin(), filter.end()};
  }
};

/// Rows of vectors, aligned as these need it.
template <typename Stored>
std::unique_ptr<Vector<Stored>[]> rows(int64_t count, int64_t vectors) {
  return std::make_unique<Vector<Stored>[]>(static_cast<size_t>(count * vectors));
}

template <typename Stored>
at::Tensor pooled(const at::Tensor &input, const Settings &settings) {
  const at::Tensor images = channelsLast(input.detach());
  const auto windows = settings.windows(images);
  const auto kernels = pool::kernels<Stored>();
  const auto weights = settings.weights<Stored>();
  const int64_t height = windows.outputHeight(), width = windows.outputWidth(), channels = windows.channels;
  const at::Tensor result = at::empty({images.size(0), height, width, channels}, input.options());
  const Stored *source = images.const_data_ptr<Stored>();
  Stored *target = result.mutable_data_ptr<Stored>();
  parallelParts(images.size(0) * height, 8, [&](int64_t, int64_t begin, int64_t end) {
    // Rows of windows overlap: what the last one has computed stays in its place.
    const int64_t length = windows.poolWidth() * windows.template vectors<Stored>();
    const auto ring = rows<Stored>(settings.taps, length);
    std::vector<int64_t> held(settings.taps, -1);
    std::vector<const Vector<Stored> *> maxima(settings.taps);
    for (int64_t row = begin; row < end; ++row) {
      const int64_t image = row / height;
      const Stored *pixels = source + image * windows.height * windows.width * channels;
      for (int64_t i = 0; i < settings.taps; ++i) {
        const int64_t h = row % height * settings.stride - windows.margin[0] + i;
        maxima[i] = nullptr;
        if (h < 0 || h >= windows.poolHeight()) continue;
        const int64_t slot = h % settings.taps, name = image * windows.poolHeight() + h;
        Vector<Stored> *place = ring.get() + slot * length;
        if (held[slot] != name) kernels.maxRow(pixels, windows, h, place);
        held[slot] = name;
        maxima[i] = place;
      }
      kernels.smoothRow(maxima.data(), weights.data(), windows, target + row * width * channels);
    }
  });
  return result.permute({0, 3, 1, 2});
}

/// The gradient of the input; the maxima are computed again.
template <typename Stored>
at::Tensor differentiated(const at::Tensor &gradient, const at::Tensor &input, const Settings &settings) {
  const at::Tensor images = channelsLast(input.detach()), outputs = channelsLast(gradient.detach());
  const auto windows = settings.windows(images);
  const auto kernels = pool::kernels<Stored>();
  const auto weights = settings.weights<Stored>();
  const int64_t height = windows.outputHeight(), width = windows.outputWidth(), channels = windows.channels;
  const int64_t vectors = windows.template vectors<Stored>(), poolHeight = windows.poolHeight();
  const at::Tensor result = at::empty({images.size(0), windows.height, windows.width, channels}, input.options());
  const int64_t imageSize = windows.height * windows.width * channels;
  // Threads take whole images.
  parallelParts(images.size(0), 1, [&](int64_t, int64_t begin, int64_t end) {
    const int64_t length = windows.poolWidth() * vectors, inputLength = windows.width * vectors;
    const auto maxima = rows<Stored>(1, length), ring = rows<Stored>(settings.size, inputLength);
    std::vector<Vector<Stored> *> inputs(settings.size);
    for (int64_t image = begin; image < end; ++image) {
      const Stored *pixels = images.const_data_ptr<Stored>() + image * imageSize;
      const Stored *above = outputs.const_data_ptr<Stored>() + image * height * width * channels;
      Stored *below = result.mutable_data_ptr<Stored>() + image * imageSize;
      const auto finish = [&](int64_t row) {
        if (row < 0 || row >= windows.height) return;
        Vector<Stored> *values = ring.get() + row % settings.size * inputLength;
        Stored *target = below + row * windows.width * channels;
        constexpr int64_t lanes = Lanes<Stored>::count;
        for (int64_t x = 0; x < windows.width; ++x, target += channels) {
          for (int64_t v = 0; v < vectors; ++v) {
            store(target + v * lanes, values[x * vectors + v], channels - v * lanes);
          }
        }
        std::fill_n(values, inputLength, Vector<Stored>{});
      };
      for (int64_t h = 0; h < poolHeight; ++h) {
        std::fill_n(maxima.get(), length, Vector<Stored>{});
        for (int64_t i = (h + windows.margin[0]) % settings.stride; i < settings.taps; i += settings.stride) {
          const int64_t y = (h + windows.margin[0] - i) / settings.stride;
          if (h + windows.margin[0] < i || y >= height) continue;
          kernels.spreadRow(above + y * width * channels, weights.data(), windows, i, maxima.get());
        }
        for (int64_t i = 0; i < settings.size; ++i) {
          const int64_t row = h - settings.padding + i;
          inputs[i] =
            row >= 0 && row < windows.height ? ring.get() + row % settings.size * inputLength : nullptr;
        }
        kernels.routeRow(pixels, windows, h, maxima.get(), inputs.data());
        finish(h - settings.padding);
      }
      for (int64_t row = poolHeight - settings.padding; row < windows.height; ++row) finish(row);
    }
  });
  return result.permute({0, 3, 1, 2});
}

/// The same by the engine's operations, which record how they were made.
at::Tensor composed(const at::Tensor &input, const Settings &settings) {
  at::Tensor maxima = input;
  if (settings.size > 1) maxima = at::max_pool2d(input, settings.size, 1, settings.padding);
  const int64_t channels = input.size(1);
  // A copy: the graph outlives the settings.
  const at::Tensor filter =
    at::from_blob(const_cast<double *>(settings.filter.data()), {1, 1, settings.taps, settings.taps}, at::kDouble)
      .to(input.scalar_type(), /*non_blocking=*/false, /*copy=*/true)
      .expand({channels, 1, settings.taps, settings.taps})
      .contiguous();
  return at::convolution(
    maxima, filter, std::nullopt, {settings.stride, settings.stride}, settings.margin, {1, 1}, false, {0, 0}, channels);
}

class SmoothedPooling : public torch::autograd::Function<SmoothedPooling> {
 public:
  static at::Tensor forward(
    torch::autograd::AutogradContext *context, const at::Tensor &input, const Settings &settings
  ) {
    at::AutoDispatchBelowADInplaceOrView below;
    context->save_for_backward({input});
    context->saved_data["numbers"] =
      std::vector<int64_t>{settings.size, settings.padding, settings.taps, settings.stride};
    context->saved_data["margin"] = settings.margin;
    context->saved_data["filter"] = settings.filter;
    switch (input.scalar_type()) {
      case at::kDouble: return pooled<double>(input, settings);
      case at::kBFloat16: return pooled<c10::BFloat16>(input, settings);
      default: return pooled<float>(input, settings);
    }
  }

  static torch::autograd::variable_list backward(
    torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients
  ) {
    const at::Tensor input = context->get_saved_variables()[0];
    const auto numbers = context->saved_data["numbers"].toIntVector();
    const Settings settings{
      numbers[0], numbers[1], numbers[2], numbers[3], context->saved_data["margin"].toIntVector(),
      context->saved_data["filter"].toDoubleVector()};
    if (at::GradMode::is_enabled()) {
      return {torch::autograd::grad({composed(input, settings)}, {input}, {gradients[0]}, true, true)[0], {}};
    }
    switch (input.scalar_type()) {
      case at::kDouble: return {differentiated<double>(gradients[0], input, settings), {}};
      case at::kBFloat16: return {differentiated<c10::BFloat16>(gradients[0], input, settings), {}};
      default: return {differentiated<float>(gradients[0], input, settings), {}};
    }
  }
};

}  // namespace

TSTensor ts_smoothed_max_pool(
  TSTensor input, intptr_t size, intptr_t padding, const double *filter, intptr_t taps, intptr_t stride,
  const intptr_t *margin, TSError *error
) noexcept {
  return guard(error, [&] {
    const at::Tensor x = retained(input);
    const auto type = x.scalar_type();
    TORCH_CHECK(
      x.device().is_cpu() && (type == at::kFloat || type == at::kDouble || type == at::kBFloat16),
      "a smoothed max pool runs on the CPU in float32, float64 or bfloat16, got ", type, " on ", x.device());
    TORCH_CHECK(
      size >= 1 && taps >= 1 && stride >= 1 && padding >= 0 && 2 * padding <= size && margin[0] >= 0 && margin[1] >= 0,
      "expected windows and a stride of at least one pixel, and a padding of at most half of the window");
    const Settings settings{
      size, padding, taps, stride, integers(margin, 2).vec(), std::vector<double>(filter, filter + taps * taps)};
    TORCH_CHECK(x.dim() == 4 && x.size(1) > 0, "expected images [N, C, H, W], got ", x.sizes());
    const auto windows = settings.windows(x);
    TORCH_CHECK(
      windows.poolHeight() >= 1 && windows.poolWidth() >= 1 && windows.poolHeight() + 2 * margin[0] >= taps &&
        windows.poolWidth() + 2 * margin[1] >= taps,
      "images of ", x.size(2), " × ", x.size(3), " pixels are smaller than the windows");
    return wrap(SmoothedPooling::apply(x, settings));
  });
}

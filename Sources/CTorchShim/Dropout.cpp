#include "PlaceHash.hpp"
#include "ProcessGroup.hpp"
#include "ThreadPool.hpp"

#include <ATen/Context.h>
#include <ATen/Dispatch.h>
#include <ATen/OpMathType.h>
#include <ATen/WrapDimUtils.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros_like.h>
#include <torch/csrc/autograd/custom_function.h>

using namespace steerable;

namespace {

/// Decides about each number by its place in the tensor. The draws repeat after 2^32 numbers.
struct Draws {
  PlaceKey key;
  /// What is below it is dropped.
  uint32_t threshold;
  double scale;
  /// The place of the first number, where a process has a share of the batch.
  int64_t offset;
};

/// The numbers that are decided about at a time.
constexpr int64_t chunk = 1024;

/// Ones for what is kept among places `place`, `place + step`, ….
STEERABLE_ALL_PROCESSORS void draw(
  uint32_t *kept, int64_t count, uint32_t place, uint32_t step, PlaceKey key, uint32_t threshold
) {
  for (int64_t i = 0; i < count; ++i) {
    kept[i] = placeBits(place + static_cast<uint32_t>(i) * step, key) >= threshold ? 1 : 0;
  }
}

/// The kept numbers by `scale`, zeros for the others.
at::Tensor dropped(const at::Tensor &input, const Draws &draws) {
  const bool isChannelsLast =
    input.dim() == 4 && !input.is_contiguous() && input.is_contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor x = isChannelsLast ? input : input.contiguous();
  at::Tensor result = at::empty_like(x);
  // In channels-last memory the channels of a pixel are as far apart in place as an image has pixels.
  const int64_t pixels = isChannelsLast ? x.size(2) * x.size(3) : 1, row = isChannelsLast ? x.size(1) : chunk;
  const int64_t rows = isChannelsLast ? x.size(0) * pixels : (x.numel() + chunk - 1) / chunk;
  AT_DISPATCH_FLOATING_TYPES_AND2(at::kHalf, at::kBFloat16, x.scalar_type(), "dropout", [&] {
    const scalar_t *source = x.const_data_ptr<scalar_t>();
    scalar_t *target = result.mutable_data_ptr<scalar_t>();
    const auto scale = static_cast<at::opmath_type<scalar_t>>(draws.scale);
    parallelParts(rows, std::max<int64_t>(1, 4 * chunk / row), [&](int64_t, int64_t begin, int64_t end) {
      uint32_t kept[chunk];
      for (int64_t r = begin; r < end; ++r) {
        const int64_t place = draws.offset + (isChannelsLast ? r / pixels * row * pixels + r % pixels : r * row);
        const int64_t length = isChannelsLast ? row : std::min(row, x.numel() - r * row);
        for (int64_t start = 0; start < length; start += chunk) {
          const int64_t count = std::min(chunk, length - start), at = r * row + start;
          draw(
            kept, count, static_cast<uint32_t>(place + start * pixels), static_cast<uint32_t>(pixels), draws.key,
            draws.threshold);
          for (int64_t i = 0; i < count; ++i) {
            target[at + i] =
              kept[i] ? static_cast<scalar_t>(static_cast<at::opmath_type<scalar_t>>(source[at + i]) * scale)
                      : scalar_t(0);
          }
        }
      }
    });
  });
  return result;
}

/// Dropout is linear, so its gradient is the same function of the gradient.
class Dropout : public torch::autograd::Function<Dropout> {
 public:
  static at::Tensor forward(
    torch::autograd::AutogradContext *context, const at::Tensor &input, const Draws &draws
  ) {
    at::AutoDispatchBelowADInplaceOrView below;
    context->saved_data["integers"] =
      std::vector<int64_t>{draws.key.first, draws.key.second, draws.threshold, draws.offset};
    context->saved_data["scale"] = draws.scale;
    return dropped(input, draws);
  }

  static torch::autograd::variable_list backward(
    torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients
  ) {
    const auto integers = context->saved_data["integers"].toIntVector();
    const Draws draws{
      {static_cast<uint32_t>(integers[0]), static_cast<uint32_t>(integers[1])}, static_cast<uint32_t>(integers[2]),
      context->saved_data["scale"].toDouble(), integers[3]};
    if (at::GradMode::is_enabled()) return {apply(gradients[0], draws), {}};
    return {dropped(gradients[0], draws), {}};
  }
};

/// A mask of the kept numbers by the engine, on an accelerator.
at::Tensor deviceMask(const at::Tensor &like, at::IntArrayRef sizes, double p, TSGenerator handle) {
  const auto &hooks = at::globalContext().getAcceleratorHooksInterface(like.device().type());
  at::Generator generator = hooks.getNewGenerator(like.device().index());
  generator.set_current_seed(ts_generator_next(handle));
  at::Tensor mask = at::empty(sizes, like.options());
  return mask.bernoulli_(1 - p, generator).div_(1 - p);
}

}  // namespace

TSTensor ts_dropout(
  TSTensor input, double p, const intptr_t *shared, intptr_t count, TSGenerator generator, TSError *error
) noexcept {
  return guard(error, [&] {
    const at::Tensor x = retained(input);
    TORCH_CHECK(p >= 0 && p <= 1, "expected a probability in 0…1, got ", p);
    if (p == 1) return wrap(at::mul(x, at::zeros_like(x)));
    std::vector<int64_t> sizes = x.sizes().vec();
    for (intptr_t axis : integers(shared, count)) sizes[c10::maybe_wrap_dim(axis, x.dim())] = 1;
    // Processes that share a batch draw the same numbers for all of it, and each keeps those of its own images: the
    // result is that of one process, and all generators stay in the same state.
    int64_t first = 0, total = 0;
    const bool isShare =
      x.dim() > 0 && sizes[0] == x.size(0) && BatchShare::current().rows(x.size(0), first, total);
    if (!x.device().is_cpu()) {
      if (isShare) sizes[0] = total;
      at::Tensor mask = deviceMask(x, sizes, p, generator);
      if (isShare) mask = mask.narrow(0, first, x.size(0));
      return wrap(at::mul(x, mask));
    }
    int64_t rowSize = 1;
    for (size_t axis = 1; axis < sizes.size(); ++axis) rowSize *= sizes[axis];
    const Draws draws{
      PlaceKey::drawn(generator), static_cast<uint32_t>(p * 4294967296.0), 1 / (1 - p), isShare ? first * rowSize : 0};
    if (x.sizes().vec() == sizes) return wrap(Dropout::apply(x, draws));
    return wrap(at::mul(x, dropped(at::ones(sizes, x.options()), draws)));
  });
}

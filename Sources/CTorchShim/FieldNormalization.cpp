#include "FieldNormalization.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/batch_norm_update_stats.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/native_batch_norm.h>
#include <ATen/ops/native_batch_norm_backward.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>

using namespace steerable;

namespace {

// The engine's own kernels for one statistic per channel do all passes over the images, in either memory layout and
// with narrow images and float statistics; only vectors of channels and of fields are combined here.

/// The sum of each field's channels.
at::Tensor fieldSums(const at::Tensor &channels, const at::Tensor &fields, const at::Tensor &sizes) {
  return at::zeros({sizes.size(0)}, channels.options()).index_add(0, fields, channels);
}

class FieldBatchNorm : public torch::autograd::Function<FieldBatchNorm> {
 public:
  static at::Tensor forward(
    torch::autograd::AutogradContext *context, const at::Tensor &input, const std::optional<at::Tensor> &weight,
    const std::optional<at::Tensor> &bias, const at::Tensor &fields, const at::Tensor &sizes,
    const std::optional<at::Tensor> &runningMean, const std::optional<at::Tensor> &runningVariance, double momentum,
    double epsilon, const c10::intrusive_ptr<ProcessGroup> &group
  ) {
    at::AutoDispatchBelowADInplaceOrView below;
    const bool isNarrow = input.scalar_type() == at::kBFloat16 || input.scalar_type() == at::kHalf;
    const auto options = input.options().dtype(isNarrow ? at::kFloat : input.scalar_type());
    const at::Tensor counts = sizes.to(options);
    // Running statistics of a wider type make the kernel compute in that type.
    const at::Tensor scratch = at::zeros({input.size(1)}, options);
    auto [channelMean, channelVariance] = at::batch_norm_update_stats(input, scratch, scratch.clone(), 0);
    double positions = static_cast<double>(input.numel() / input.size(1));
    if (group) poolMoments(*group, channelMean, channelVariance, positions);
    const at::Tensor mean = fieldSums(channelMean.to(options), fields, sizes) / counts;
    const at::Tensor channelOffset = channelMean.to(options) - mean.index_select(0, fields);
    const at::Tensor variance =
      fieldSums(channelVariance.to(options) + channelOffset.square(), fields, sizes) / counts;

    if (runningMean && runningVariance) {
      const at::Tensor total = counts * positions;
      runningMean->lerp_(mean.to(runningMean->scalar_type()), momentum);
      runningVariance->lerp_((variance * total / (total - 1)).to(runningVariance->scalar_type()), momentum);
    }

    const at::Tensor spreadMean = mean.index_select(0, fields);
    const at::Tensor spreadVariance = variance.index_select(0, fields);
    const at::Tensor spreadWeight =
      weight ? weight->to(options).index_select(0, fields) : at::ones({input.size(1)}, options);
    std::optional<at::Tensor> spreadBias;
    if (bias) spreadBias = bias->to(options).index_select(0, fields);
    context->save_for_backward({input, spreadWeight, spreadMean, spreadVariance, fields, counts});
    context->saved_data["epsilon"] = epsilon;
    if (group) context->saved_data["group"] = c10::IValue::make_capsule(group);
    context->saved_data["positions"] = positions;
    const auto working = counts.scalar_type();
    context->saved_data["weightType"] = static_cast<int64_t>(weight ? weight->scalar_type() : working);
    context->saved_data["biasType"] = static_cast<int64_t>(bias ? bias->scalar_type() : working);
    context->saved_data["hasWeight"] = weight.has_value();
    context->saved_data["hasBias"] = bias.has_value();
    return std::get<0>(
      at::native_batch_norm(input, spreadWeight, spreadBias, spreadMean, spreadVariance, false, 0, epsilon));
  }

  static torch::autograd::variable_list backward(
    torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients
  ) {
    // The saved statistics carry no graph, so a second derivative through here would be silently wrong.
    TORCH_CHECK_NOT_IMPLEMENTED(
      !at::GradMode::is_enabled(), "batch norm over fields has a first derivative only; the gradient's own graph was asked for");
    const auto saved = context->get_saved_variables();
    const at::Tensor &input = saved[0], &weight = saved[1], &mean = saved[2], &variance = saved[3], &fields = saved[4],
                     &counts = saved[5];
    const double epsilon = context->saved_data["epsilon"].toDouble();
    const double positions = context->saved_data["positions"].toDouble();
    const at::Tensor gradient = gradients[0].contiguous(input.suggest_memory_format());

    // With the statistics held constant: the input's gradient, and the sums of g · x̂ and of g for each channel.
    auto [inputGradient, channelScale, channelShift] = at::native_batch_norm_backward(
      gradient, input, weight, mean, variance, std::nullopt, std::nullopt, false, epsilon, {true, true, true});
    const at::Tensor scale = fieldSums(channelScale.to(counts.scalar_type()), fields, counts);
    const at::Tensor shift = fieldSums(channelShift.to(counts.scalar_type()), fields, counts);
    at::Tensor allScale = scale, allShift = shift;
    if (const auto found = context->saved_data.find("group"); found != context->saved_data.end()) {
      // The statistics came from all processes, so each image's gradient depends on the sums over all. The gradients of
      // weight and bias stay those of this process: they are summed with all others after the pass.
      at::Tensor sums = at::cat({scale, shift}).to(at::kCPU, at::kDouble);
      c10::static_intrusive_pointer_cast<ProcessGroup>(found->second.toCapsule())->sumOrRemember(sums);
      sums = sums.to(scale.options());
      allScale = sums.narrow(0, 0, scale.size(0));
      allShift = sums.narrow(0, scale.size(0), shift.size(0));
    }
    at::Tensor result;
    if (context->needs_input_grad(0)) {
      // The statistics depend on the input: subtract the means of g and of g · x̂, which is one more normalization.
      const at::Tensor total = counts * positions;
      const at::Tensor factor = -weight * (allScale / total).index_select(0, fields);
      const at::Tensor offset =
        -weight * (variance + epsilon).rsqrt() * (allShift / total).index_select(0, fields);
      const at::Tensor slope = factor * (variance + epsilon).rsqrt();
      const at::Tensor correction = std::get<0>(
        at::native_batch_norm(input, slope, offset, mean, variance, false, 0, epsilon));
      result = inputGradient.add_(correction);
    }
    at::Tensor weightGradient, biasGradient;
    if (context->saved_data["hasWeight"].toBool()) {
      weightGradient = scale.to(static_cast<at::ScalarType>(context->saved_data["weightType"].toInt()));
    }
    if (context->saved_data["hasBias"].toBool()) {
      biasGradient = shift.to(static_cast<at::ScalarType>(context->saved_data["biasType"].toInt()));
    }
    return {result, weightGradient, biasGradient, {}, {}, {}, {}, {}, {}, {}};
  }
};

}  // namespace

at::Tensor steerable::fieldBatchNorm(
  const at::Tensor &input, const std::optional<at::Tensor> &weight, const std::optional<at::Tensor> &bias,
  const at::Tensor &fields, const at::Tensor &sizes, const std::optional<at::Tensor> &runningMean,
  const std::optional<at::Tensor> &runningVariance, double momentum, double epsilon,
  const c10::intrusive_ptr<ProcessGroup> &group
) {
  return FieldBatchNorm::apply(
    input, weight, bias, fields, sizes, runningMean, runningVariance, momentum, epsilon, group);
}

TSTensor ts_field_batch_norm(
  TSTensor input, TSTensor fields, TSTensor sizes, TSTensor weight, TSTensor bias, TSTensor runningMean,
  TSTensor runningVariance, double momentum, double epsilon, TSError *error
) noexcept {
  return guard(error, [&] {
    const at::Tensor x = retained(input), channels = retained(fields), counts = retained(sizes);
    const BatchShare share = BatchShare::current();
    TORCH_CHECK(
      x.dim() >= 2 && x.size(1) == channels.size(0), "expected an input [N, ", channels.size(0), ", …], got ",
      x.sizes());
    TORCH_CHECK(
      x.numel() > x.size(1) || share.group,
      "expected more than one value per channel when training, got an input of shape ", x.sizes());
    return wrap(fieldBatchNorm(
      x, optional(weight), optional(bias), channels, counts, optional(runningMean), optional(runningVariance), momentum,
      epsilon, share.group));
  });
}

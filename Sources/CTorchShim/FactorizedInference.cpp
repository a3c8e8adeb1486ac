#include "FactorizedInference.hpp"

#include "FactorizedConvolution.hpp"
#include "ImageChecks.hpp"
#include "SharedFunctions.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/library.h>

namespace steerable {

namespace {

/// Whether an output pixel costs clearly fewer multiplications at the speed of the plain convolution.
bool isWorthwhile(const SharedFunctions &shared, int64_t in, int64_t out, int64_t kernelSize) {
  constexpr double bankCost = 3, worthwhileGain = 1.15;
  const double points = kernelSize * kernelSize, count = shared.count();
  return in >= Lanes<float>::count &&
    points * out > worthwhileGain * (count * out + bankCost * (shared.multiplications(kernelSize) + points));
}

}  // namespace

std::optional<FactorizedConstants> factorizedConstants(const at::Tensor &filters) {
  const at::ScalarType type = filters.scalar_type();
  const int64_t out = filters.size(0), in = filters.size(1), size = filters.size(2);
  if (!filters.device().is_cpu() || !hasProducts(type) || !multipliesBlocks(type)) return std::nullopt;
  if (filters.size(3) != size || (size != 3 && size != 5 && size != 7)) return std::nullopt;
  const SharedFunctions shared = sharedFunctions(filters);
  if (shared.count() == 0 || !isWorthwhile(shared, in, out, size)) return std::nullopt;
  const int64_t rows = shared.count() * in;
  const at::Tensor coefficients = shared.coefficients.transpose(1, 2);
  const at::Tensor blocks = dispatched(type, [&](auto number) {
    using Stored = decltype(number);
    const at::Tensor numbers = coefficients.to(c10::CppTypeToScalarType<Number<Stored>>::value).contiguous();
    RightFactor<Stored> factor;
    factor.read(numbers.const_data_ptr<Number<Stored>>(), rows, out, 1, rows, true);
    return factor.blocks();
  });
  return FactorizedConstants{blocks, shared.quadrants, shared.counts};
}

TORCH_LIBRARY_FRAGMENT(steerable, library) {
  library.def(
    "factorized_convolution(Tensor images, Tensor coefficients, Tensor bias, Tensor quadrants, int[] counts, "
    "int channels, int kernel_size, int[] stride, int[] padding, bool is_rectified) -> Tensor",
    [](
      const at::Tensor &images, const at::Tensor &coefficients, const at::Tensor &bias, const at::Tensor &quadrants,
      at::IntArrayRef counts, int64_t channels, int64_t kernelSize, at::IntArrayRef stride, at::IntArrayRef padding,
      bool isRectified
    ) {
      checkTypes(images, bias, bias);
      checkImages(images, channels, kernelSize, padding);
      at::AutoDispatchBelowADInplaceOrView below;
      const factorized::Settings settings{kernelSize, counts.vec(), stride.vec(), padding.vec()};
      return dispatched(images.scalar_type(), [&](auto number) {
        using Stored = decltype(number);
        RightFactor<Stored> weights;
        weights.adopt(coefficients, settings.functions() * channels, bias.size(0));
        return factorized::convolve<Stored>(images, weights, bias.size(0), bias, quadrants, settings, isRectified);
      });
    });
}

}  // namespace steerable

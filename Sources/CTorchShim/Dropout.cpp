#include "ProcessGroup.hpp"
#include "Random.hpp"

#include <ATen/Context.h>
#include <ATen/WrapDimUtils.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/zeros_like.h>

using namespace steerable;

// The generator itself on the processor; elsewhere one of that device, seeded by the next number.
static at::Generator generatorOn(at::Device device, TSGenerator handle) {
  if (device.is_cpu()) return generator(handle);
  const auto &hooks = at::globalContext().getAcceleratorHooksInterface(device.type());
  at::Generator there = hooks.getNewGenerator(device.index());
  there.set_current_seed(ts_generator_next(handle));
  return there;
}

TSTensor ts_dropout(
  TSTensor input, double p, const intptr_t *shared, intptr_t count, TSGenerator generator, TSError *error
) noexcept {
  return guard(error, [&] {
    const at::Tensor x = retained(input);
    TORCH_CHECK(p >= 0 && p <= 1, "expected a probability in 0…1, got ", p);
    if (p == 1) return wrap(at::mul(x, at::zeros_like(x)));
    std::vector<intptr_t> sizes = x.sizes().vec();
    for (intptr_t axis : integers(shared, count)) sizes[c10::maybe_wrap_dim(axis, x.dim())] = 1;
    // Processes that share a batch draw the same numbers for all of it, and each keeps those of its own images: the
    // result is that of one process, and all generators stay in the same state.
    int64_t first = 0, total = 0;
    const bool isShare =
      x.dim() > 0 && sizes[0] == x.size(0) && BatchShare::current().rows(x.size(0), first, total);
    if (isShare) sizes[0] = total;
    at::Tensor mask = at::empty(sizes, x.options());
    mask.bernoulli_(1 - p, generatorOn(x.device(), generator)).div_(1 - p);
    if (isShare) mask = mask.narrow(0, first, x.size(0));
    return wrap(at::mul(x, mask));
  });
}

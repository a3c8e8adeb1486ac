#include "Guard.hpp"

#include <ATen/autocast_mode.h>

using namespace steerable;
namespace autocast = at::autocast;

bool ts_autocast_enter(int8_t dtype, bool enabled, TSAutocastState *state, TSError *error) noexcept {
  return guard(error, [&] {
    auto type = static_cast<at::ScalarType>(dtype);
    TORCH_CHECK(
        type == at::kBFloat16 || type == at::kHalf, "autocast computes in bfloat16 or float16, not in ", type);
    *state = {
        static_cast<int8_t>(autocast::get_autocast_dtype(at::kCPU)),
        static_cast<int8_t>(autocast::get_autocast_dtype(at::kCUDA)), autocast::is_autocast_enabled(at::kCPU),
        autocast::is_autocast_enabled(at::kCUDA)};
    for (auto device : {at::kCPU, at::kCUDA}) {
      autocast::set_autocast_enabled(device, enabled);
      autocast::set_autocast_dtype(device, type);
    }
    autocast::increment_nesting();
    return true;
  });
}

void ts_autocast_exit(TSAutocastState state) noexcept {
  if (autocast::decrement_nesting() == 0) autocast::clear_cache();
  autocast::set_autocast_enabled(at::kCPU, state.cpuEnabled);
  autocast::set_autocast_enabled(at::kCUDA, state.cudaEnabled);
  autocast::set_autocast_dtype(at::kCPU, static_cast<at::ScalarType>(state.cpuDtype));
  autocast::set_autocast_dtype(at::kCUDA, static_cast<at::ScalarType>(state.cudaDtype));
}

bool ts_autocast_is_enabled(bool cuda) noexcept { return autocast::is_autocast_enabled(cuda ? at::kCUDA : at::kCPU); }

int8_t ts_autocast_dtype(bool cuda) noexcept {
  return static_cast<int8_t>(autocast::get_autocast_dtype(cuda ? at::kCUDA : at::kCPU));
}

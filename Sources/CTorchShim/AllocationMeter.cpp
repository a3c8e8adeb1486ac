#include "Guard.hpp"

#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <algorithm>
#include <atomic>
#include <memory>

using namespace steerable;

namespace {

/// Adds up what the CPU allocator reports; the engine hands it on to the threads of a backward pass.
class Meter final : public c10::MemoryReportingInfoBase {
 public:
  void reportMemoryUsage(void *, int64_t change, size_t, size_t, c10::Device device) override {
    if (!device.is_cpu()) return;
    const auto now = held_.fetch_add(change) + change;
    auto before = peak_.load();
    while (now > before && !peak_.compare_exchange_weak(before, now)) {
    }
  }
  bool memoryProfilingEnabled() const override { return true; }
  int64_t peak() const { return peak_.load(); }

 private:
  std::atomic<int64_t> held_{0}, peak_{0};
};

}  // namespace

struct TSAllocationMeterStorage {
  std::shared_ptr<Meter> meter;
  c10::DebugInfoGuard scope;

  TSAllocationMeterStorage()
      : meter(std::make_shared<Meter>()), scope(c10::DebugInfoKind::PROFILER_STATE, meter) {}
};

TSAllocationMeter ts_allocation_meter(TSError *error) noexcept {
  return guard(error, [] { return new TSAllocationMeterStorage(); });
}

int64_t ts_allocation_meter_finish(TSAllocationMeter meter) noexcept {
  const auto peak = meter->meter->peak();
  delete meter;
  return peak;
}

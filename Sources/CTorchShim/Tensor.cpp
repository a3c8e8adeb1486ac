#include "Guard.hpp"

#include <ATen/Context.h>
#include <ATen/ops/empty.h>
#include <c10/core/DeviceType.h>

#include <atomic>
#include <cstring>

namespace steerable {

static std::atomic<int64_t> liveTensors{0};

void countTensor() noexcept { liveTensors.fetch_add(1, std::memory_order_relaxed); }

at::ScalarType scalarType(int8_t code) {
  TORCH_CHECK_TYPE(
    code >= 0 && code < static_cast<int8_t>(at::ScalarType::Undefined), "unknown dtype code ", int(code));
  return static_cast<at::ScalarType>(code);
}

at::Device device(TSDevice value) {
  TORCH_CHECK(
    value.type >= 0 && value.type < static_cast<int8_t>(c10::COMPILE_TIME_MAX_DEVICE_TYPES),
    "unknown device type code ", int(value.type));
  if (value.type == static_cast<int8_t>(at::kCUDA)) {
    auto count = at::hasCUDA() ? static_cast<intptr_t>(at::getNumGPUs()) : 0;
    TORCH_CHECK(value.index < count, "there is no CUDA device ", int(value.index), "; ", count, " are available");
    TORCH_CHECK(count > 0, "there is no CUDA device");
  }
  return at::Device(static_cast<at::DeviceType>(value.type), value.index);
}

at::TensorOptions options(TSOptions value) {
  return at::TensorOptions().dtype(scalarType(value.dtype)).device(device(value.device));
}

at::MemoryFormat memoryFormat(TSMemoryFormat value) {
  switch (value) {
    case TSMemoryFormatContiguous: return at::MemoryFormat::Contiguous;
    case TSMemoryFormatPreserve: return at::MemoryFormat::Preserve;
    case TSMemoryFormatChannelsLast: return at::MemoryFormat::ChannelsLast;
    case TSMemoryFormatChannelsLast3D: return at::MemoryFormat::ChannelsLast3d;
  }
  TORCH_CHECK(false, "unknown memory format");
}

}  // namespace steerable

using namespace steerable;

static c10::TensorImpl *implementation(TSTensor tensor) { return reinterpret_cast<c10::TensorImpl *>(tensor); }

// Lifetime

void ts_release(TSTensor tensor) noexcept {
  liveTensors.fetch_sub(1, std::memory_order_relaxed);
  c10::raw::intrusive_ptr::decref(implementation(tensor));
}

void ts_retain(TSTensor tensor) noexcept {
  liveTensors.fetch_add(1, std::memory_order_relaxed);
  c10::raw::intrusive_ptr::incref(implementation(tensor));
}

int64_t ts_live_tensor_count(void) noexcept { return liveTensors.load(std::memory_order_relaxed); }

// Queries

intptr_t ts_rank(TSTensor tensor) noexcept { return implementation(tensor)->dim(); }
intptr_t ts_count(TSTensor tensor) noexcept { return implementation(tensor)->numel(); }
int8_t ts_dtype(TSTensor tensor) noexcept { return static_cast<int8_t>(unwrap(tensor)->scalar_type()); }

TSDevice ts_device(TSTensor tensor) noexcept {
  auto device = unwrap(tensor)->device();
  return {static_cast<int8_t>(device.type()), device.index()};
}

void ts_sizes(TSTensor tensor, intptr_t *sizes) noexcept {
  auto values = implementation(tensor)->sizes();
  std::memcpy(sizes, values.data(), values.size() * sizeof(intptr_t));
}

bool ts_strides(TSTensor tensor, intptr_t *strides, TSError *error) noexcept {
  return guard(error, [&] {
    auto values = implementation(tensor)->strides();
    std::memcpy(strides, values.data(), values.size() * sizeof(intptr_t));
    return true;
  });
}

bool ts_is_contiguous(TSTensor tensor, TSMemoryFormat format) noexcept {
  TSError ignored{};
  bool result = guard(&ignored, [&] { return unwrap(tensor)->is_contiguous(memoryFormat(format)); });
  ts_error_free(&ignored);
  return result;
}

bool ts_is_same(TSTensor a, TSTensor b) noexcept { return a == b; }

// Storage

const void *ts_data(TSTensor tensor, TSError *error) noexcept {
  return guard(error, [&]() -> const void * {
    auto borrowed = unwrap(tensor);
    TORCH_CHECK(borrowed->device().is_cpu(), "the elements are on device type ", borrowed->device().str());
    // An empty tensor may have no storage at all; the address is not read then.
    static const int64_t nothing = 0;
    const void *address = borrowed->const_data_ptr();
    return address == nullptr ? &nothing : address;
  });
}

intptr_t ts_element_size(TSTensor tensor) noexcept { return implementation(tensor)->itemsize(); }

TSTensor ts_from_bytes(
  const void *bytes, intptr_t byteCount, const intptr_t *sizes, intptr_t rank, TSOptions value, TSError *error
) noexcept {
  return guard(error, [&] {
    auto wanted = options(value);
    auto tensor = at::empty(integers(sizes, rank), wanted.device(at::kCPU));
    auto needed = static_cast<intptr_t>(tensor.nbytes());
    TORCH_CHECK(
      needed == byteCount, "shape ", tensor.sizes(), " needs ", tensor.numel(), " elements (", needed, " bytes), got ",
      byteCount, " bytes");
    if (needed > 0) std::memcpy(tensor.mutable_data_ptr(), bytes, needed);
    if (!wanted.device().is_cpu()) tensor = tensor.to(wanted.device());
    return wrap(std::move(tensor));
  });
}

bool ts_read(TSTensor tensor, int8_t dtype, void *buffer, intptr_t byteCount, TSError *error) noexcept {
  return guard(error, [&] {
    auto borrowed = unwrap(tensor);
    auto type = scalarType(dtype);
    at::Tensor source = borrowed->detach();
    if (source.is_conj() || source.is_neg()) source = source.resolve_conj().resolve_neg();
    if (!source.device().is_cpu() || source.scalar_type() != type) source = source.to(at::kCPU, type);
    source = source.contiguous();
    auto available = static_cast<intptr_t>(source.nbytes());
    TORCH_CHECK(available == byteCount, "the buffer has ", byteCount, " bytes, the tensor ", available);
    if (available > 0) std::memcpy(buffer, source.const_data_ptr(), available);
    return true;
  });
}

bool ts_item(TSTensor tensor, double *value, TSError *error) noexcept {
  return guard(error, [&] {
    *value = unwrap(tensor)->item().toDouble();
    return true;
  });
}

bool ts_item_integer(TSTensor tensor, int64_t *value, TSError *error) noexcept {
  return guard(error, [&] {
    *value = unwrap(tensor)->item().toLong();
    return true;
  });
}

// Conversion

TSTensor ts_to_dtype(TSTensor tensor, int8_t dtype, TSError *error) noexcept {
  return guard(error, [&] { return wrap(unwrap(tensor)->to(scalarType(dtype))); });
}

TSTensor ts_to_device(TSTensor tensor, TSDevice value, TSError *error) noexcept {
  return guard(error, [&] {
    const auto &source = *unwrap(tensor);
    auto target = device(value);
    // From page-locked memory the accelerator fetches the numbers itself, while this thread goes on; the engine keeps
    // that memory until the copy is done.
    if (target.is_cuda() && source.is_cpu() && !source.requires_grad()) {
      return wrap(source.pin_memory().to(target, /*non_blocking=*/true));
    }
    return wrap(source.to(target));
  });
}

TSTensor ts_contiguous(TSTensor tensor, TSMemoryFormat format, TSError *error) noexcept {
  return guard(error, [&] { return wrap(unwrap(tensor)->contiguous(memoryFormat(format))); });
}

TSTensor ts_clone(TSTensor tensor, TSError *error) noexcept {
  return guard(error, [&] { return wrap(unwrap(tensor)->clone()); });
}

TSTensor ts_detach(TSTensor tensor, TSError *error) noexcept {
  return guard(error, [&] { return wrap(unwrap(tensor)->detach()); });
}

// The only way in and out of LibTorch: exceptions become `TSError`, handles become tensors and back.
#pragma once

#include "CTorchShim.h"

#include <ATen/core/Tensor.h>
#include <c10/core/Scalar.h>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace steerable {

/// Fills `error` from the exception that is being handled.
void capture(TSError *error) noexcept;

/// Runs `body`; an exception is written to `error` and a zero value returned.
template <typename Body>
auto guard(TSError *error, Body &&body) noexcept -> std::invoke_result_t<Body> {
  using Result = std::invoke_result_t<Body>;
  try {
    return std::forward<Body>(body)();
  } catch (...) {
    capture(error);
    if constexpr (!std::is_void_v<Result>) return Result{};
  }
}

using Implementation = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

/// A tensor borrowed from a handle for the length of a call, without traffic on its reference count.
class Borrowed {
 public:
  explicit Borrowed(TSTensor handle)
      : tensor_(Implementation::reclaim(reinterpret_cast<c10::TensorImpl *>(handle))) {}
  ~Borrowed() { (void)tensor_.unsafeReleaseTensorImpl(); }
  Borrowed(const Borrowed &) = delete;
  Borrowed &operator=(const Borrowed &) = delete;

  operator const at::Tensor &() const { return tensor_; }
  const at::Tensor &operator*() const { return tensor_; }
  const at::Tensor *operator->() const { return &tensor_; }

 private:
  at::Tensor tensor_;
};

inline Borrowed unwrap(TSTensor handle) { return Borrowed(handle); }

/// An owned copy (one retain), for lists and optional arguments.
inline at::Tensor retained(TSTensor handle) { return *Borrowed(handle); }
inline std::optional<at::Tensor> optional(TSTensor handle) {
  if (handle == nullptr) return std::nullopt;
  return retained(handle);
}
inline std::vector<at::Tensor> tensors(const TSTensor *handles, intptr_t count) {
  std::vector<at::Tensor> list;
  list.reserve(count);
  for (intptr_t i = 0; i < count; ++i) list.push_back(retained(handles[i]));
  return list;
}

void countTensor() noexcept;

/// Gives the tensor to the caller, who releases it with `ts_release`.
inline TSTensor wrap(at::Tensor &&tensor) {
  TORCH_CHECK(tensor.defined(), "the operation has no result");
  countTensor();
  return reinterpret_cast<TSTensor>(tensor.unsafeReleaseTensorImpl());
}
inline TSTensor wrap(const at::Tensor &tensor) { return wrap(at::Tensor(tensor)); }

static_assert(sizeof(intptr_t) == sizeof(int64_t), "sizes cross the boundary as 64-bit integers");
inline at::IntArrayRef integers(const intptr_t *values, intptr_t count) {
  return at::IntArrayRef(reinterpret_cast<const int64_t *>(values), static_cast<size_t>(count));
}

inline c10::Scalar scalar(TSScalar value) {
  switch (value.kind) {
    case TSScalarKindDouble: return c10::Scalar(value.number);
    case TSScalarKindInt: return c10::Scalar(value.integer);
    case TSScalarKindBool: return c10::Scalar(value.integer != 0);
  }
  TORCH_CHECK(false, "unknown kind of scalar");
}

/// The element type of a code; an unknown code is an error, never another type.
at::ScalarType scalarType(int8_t code);
at::Device device(TSDevice value);
at::TensorOptions options(TSOptions value);
at::MemoryFormat memoryFormat(TSMemoryFormat value);

}  // namespace steerable

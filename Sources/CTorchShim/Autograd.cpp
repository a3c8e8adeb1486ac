#include "Guard.hpp"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

using namespace steerable;

bool ts_gradient_enabled(void) noexcept { return at::GradMode::is_enabled(); }
void ts_set_gradient_enabled(bool enabled) noexcept { at::GradMode::set_enabled(enabled); }

bool ts_requires_gradient(TSTensor tensor) noexcept { return unwrap(tensor)->requires_grad(); }
bool ts_is_leaf(TSTensor tensor) noexcept { return unwrap(tensor)->is_leaf(); }

bool ts_set_requires_gradient(TSTensor tensor, bool required, TSError *error) noexcept {
  return guard(error, [&] {
    auto borrowed = unwrap(tensor);
    TORCH_CHECK(
      !required || at::isFloatingType(borrowed->scalar_type()) || at::isComplexType(borrowed->scalar_type()),
      "only floating-point and complex tensors have gradients, this one is ", borrowed->scalar_type());
    borrowed->requires_grad_(required);
    return true;
  });
}

bool ts_retain_gradient(TSTensor tensor, TSError *error) noexcept {
  return guard(error, [&] {
    unwrap(tensor)->retain_grad();
    return true;
  });
}

TSTensor ts_gradient(TSTensor tensor, TSError *error) noexcept {
  return guard(error, [&]() -> TSTensor {
    const auto &gradient = unwrap(tensor)->grad();
    return gradient.defined() ? wrap(gradient) : nullptr;
  });
}

bool ts_set_gradient(TSTensor tensor, TSTensor gradient, TSError *error) noexcept {
  return guard(error, [&] {
    auto borrowed = unwrap(tensor);
    if (gradient == nullptr) {
      if (borrowed->grad().defined()) borrowed->mutable_grad().reset();
      return true;
    }
    auto value = retained(gradient);
    TORCH_CHECK(
      value.sizes() == borrowed->sizes(), "a gradient has the shape of its tensor, ", borrowed->sizes(), ", got ",
      value.sizes());
    borrowed->mutable_grad() = value;
    return true;
  });
}

bool ts_backward(TSTensor tensor, TSTensor seed, bool retain, bool create, TSError *error) noexcept {
  return guard(error, [&] {
    torch::autograd::backward(
      {retained(tensor)}, {seed == nullptr ? at::Tensor() : retained(seed)}, retain || create, create);
    return true;
  });
}

bool ts_gradients(
  TSTensor output, TSTensor seed, const TSTensor *inputs, intptr_t count, bool retain, bool create, bool unused,
  TSTensor *gradients, TSError *error) noexcept {
  return guard(error, [&] {
    auto results = torch::autograd::grad(
      {retained(output)}, tensors(inputs, count), {seed == nullptr ? at::Tensor() : retained(seed)}, retain || create,
      create, unused);
    for (intptr_t i = 0; i < count; ++i) {
      gradients[i] = results[i].defined() ? wrap(std::move(results[i])) : nullptr;
    }
    return true;
  });
}

// In place

/// Runs `body` without recording it.
template <typename Body>
static bool change(TSError *error, Body body) noexcept {
  return guard(error, [&] {
    at::NoGradGuard unrecorded;
    body();
    return true;
  });
}

bool ts_copy_in_place(TSTensor target, TSTensor source, TSError *error) noexcept {
  return change(error, [&] {
    auto borrowed = unwrap(target);
    TORCH_CHECK(
      borrowed->sizes() == unwrap(source)->sizes(), "the shapes must match, ", borrowed->sizes(), " and ",
      unwrap(source)->sizes());
    borrowed->copy_(unwrap(source));
  });
}

bool ts_fill_in_place(TSTensor target, TSScalar value, TSError *error) noexcept {
  return change(error, [&] { unwrap(target)->fill_(scalar(value)); });
}

bool ts_add_in_place(TSTensor target, TSTensor other, TSScalar alpha, TSError *error) noexcept {
  return change(error, [&] { unwrap(target)->add_(*unwrap(other), scalar(alpha)); });
}

bool ts_add_scalar_in_place(TSTensor target, TSScalar value, TSError *error) noexcept {
  return change(error, [&] { unwrap(target)->add_(scalar(value)); });
}

bool ts_multiply_in_place(TSTensor target, TSTensor other, TSError *error) noexcept {
  return change(error, [&] { unwrap(target)->mul_(*unwrap(other)); });
}

bool ts_multiply_scalar_in_place(TSTensor target, TSScalar value, TSError *error) noexcept {
  return change(error, [&] { unwrap(target)->mul_(scalar(value)); });
}

bool ts_divide_in_place(TSTensor target, TSTensor other, TSError *error) noexcept {
  return change(error, [&] { unwrap(target)->div_(*unwrap(other)); });
}

bool ts_addcmul_in_place(TSTensor target, TSTensor a, TSTensor b, TSScalar value, TSError *error) noexcept {
  return change(error, [&] { unwrap(target)->addcmul_(unwrap(a), unwrap(b), scalar(value)); });
}

bool ts_addcdiv_in_place(TSTensor target, TSTensor a, TSTensor b, TSScalar value, TSError *error) noexcept {
  return change(error, [&] { unwrap(target)->addcdiv_(unwrap(a), unwrap(b), scalar(value)); });
}

bool ts_lerp_in_place(TSTensor target, TSTensor end, TSScalar weight, TSError *error) noexcept {
  return change(error, [&] { unwrap(target)->lerp_(*unwrap(end), scalar(weight)); });
}

bool ts_set_data(TSTensor target, TSTensor source, TSError *error) noexcept {
  return change(error, [&] { unwrap(target)->set_data(unwrap(source)); });
}

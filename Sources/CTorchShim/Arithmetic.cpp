#include "Guard.hpp"

#include <ATen/ops/abs.h>
#include <ATen/ops/acos.h>
#include <ATen/ops/add.h>
#include <ATen/ops/angle.h>
#include <ATen/ops/asin.h>
#include <ATen/ops/atan.h>
#include <ATen/ops/atan2.h>
#include <ATen/ops/bitwise_and.h>
#include <ATen/ops/bitwise_not.h>
#include <ATen/ops/bitwise_or.h>
#include <ATen/ops/bitwise_xor.h>
#include <ATen/ops/ceil.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/conj_physical.h>
#include <ATen/ops/cos.h>
#include <ATen/ops/cosh.h>
#include <ATen/ops/digamma.h>
#include <ATen/ops/div.h>
#include <ATen/ops/eq.h>
#include <ATen/ops/erf.h>
#include <ATen/ops/erfinv.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/exp2.h>
#include <ATen/ops/expm1.h>
#include <ATen/ops/floor.h>
#include <ATen/ops/floor_divide.h>
#include <ATen/ops/frac.h>
#include <ATen/ops/ge.h>
#include <ATen/ops/gt.h>
#include <ATen/ops/hypot.h>
#include <ATen/ops/i0.h>
#include <ATen/ops/imag.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/isinf.h>
#include <ATen/ops/isnan.h>
#include <ATen/ops/le.h>
#include <ATen/ops/lgamma.h>
#include <ATen/ops/log.h>
#include <ATen/ops/log10.h>
#include <ATen/ops/log1p.h>
#include <ATen/ops/log2.h>
#include <ATen/ops/logaddexp.h>
#include <ATen/ops/logical_and.h>
#include <ATen/ops/logical_not.h>
#include <ATen/ops/logical_or.h>
#include <ATen/ops/logical_xor.h>
#include <ATen/ops/lt.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/minimum.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/ne.h>
#include <ATen/ops/neg.h>
#include <ATen/ops/pow.h>
#include <ATen/ops/real.h>
#include <ATen/ops/reciprocal.h>
#include <ATen/ops/remainder.h>
#include <ATen/ops/round.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/rsub.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/sin.h>
#include <ATen/ops/sinc.h>
#include <ATen/ops/sinh.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/square.h>
#include <ATen/ops/sub.h>
#include <ATen/ops/tan.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/trunc.h>
#include <ATen/ops/where.h>

using namespace steerable;

TSTensor ts_unary(TSUnary operation, TSTensor x, TSError *error) noexcept {
  return guard(error, [&]() -> TSTensor {
    switch (operation) {
#define CASE(name, function) \
  case TSUnary##name: return wrap(at::function(unwrap(x)));
      TS_UNARY_OPERATIONS(CASE)
#undef CASE
    }
    TORCH_CHECK(false, "unknown operation");
  });
}

TSTensor ts_binary(TSBinary operation, TSTensor a, TSTensor b, TSError *error) noexcept {
  return guard(error, [&]() -> TSTensor {
    auto left = unwrap(a);
    auto right = unwrap(b);
    switch (operation) {
      case TSBinaryAdd: return wrap(at::add(*left, *right));
      case TSBinarySubtract: return wrap(at::sub(*left, *right));
#define CASE(name, function) \
  case TSBinary##name: return wrap(at::function(*left, *right));
        TS_BINARY_OPERATIONS(CASE)
        TS_BINARY_TENSOR_OPERATIONS(CASE)
#undef CASE
    }
    TORCH_CHECK(false, "unknown operation");
  });
}

TSTensor ts_binary_scalar(TSBinary operation, TSTensor a, TSScalar b, TSError *error) noexcept {
  return guard(error, [&]() -> TSTensor {
    auto left = unwrap(a);
    auto right = scalar(b);
    switch (operation) {
      case TSBinaryAdd: return wrap(at::add(*left, right));
      case TSBinarySubtract: return wrap(at::sub(*left, right));
#define CASE(name, function) \
  case TSBinary##name: return wrap(at::function(*left, right));
        TS_BINARY_OPERATIONS(CASE)
#undef CASE
      default: TORCH_CHECK_NOT_IMPLEMENTED(false, "the operation takes no scalar");
    }
  });
}

TSTensor ts_scalar_binary(TSBinary operation, TSScalar a, TSTensor b, TSError *error) noexcept {
  return guard(error, [&]() -> TSTensor {
    auto left = scalar(a);
    auto right = unwrap(b);
    switch (operation) {
      case TSBinarySubtract: return wrap(at::rsub(*right, left));
      case TSBinaryDivide: return wrap(at::mul(at::reciprocal(*right), left));
      case TSBinaryPower: return wrap(at::pow(left, *right));
      default: TORCH_CHECK_NOT_IMPLEMENTED(false, "the operation takes no scalar first");
    }
  });
}

TSTensor ts_where(TSTensor condition, TSTensor a, TSTensor b, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::where(unwrap(condition), unwrap(a), unwrap(b))); });
}

TSTensor ts_clamp(TSTensor x, const TSScalar *minimum, const TSScalar *maximum, TSError *error) noexcept {
  return guard(error, [&] {
    std::optional<at::Scalar> low, high;
    if (minimum != nullptr) low = scalar(*minimum);
    if (maximum != nullptr) high = scalar(*maximum);
    return wrap(at::clamp(unwrap(x), low, high));
  });
}

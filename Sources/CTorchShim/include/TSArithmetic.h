// Elementwise operations.
#ifndef TSARITHMETIC_H
#define TSARITHMETIC_H

#include "TSTensor.h"

TS_BEGIN

/// The operations on one tensor: how Swift calls them, and LibTorch's function.
#define TS_UNARY_OPERATIONS(X) \
  X(Abs, abs) X(Negate, neg) X(Sign, sign) X(Square, square) X(Sqrt, sqrt) X(ReciprocalSqrt, rsqrt) \
  X(Reciprocal, reciprocal) X(Exp, exp) X(Exp2, exp2) X(Expm1, expm1) X(Log, log) X(Log2, log2) X(Log10, log10) \
  X(Log1p, log1p) X(Sin, sin) X(Cos, cos) X(Tan, tan) X(Asin, asin) X(Acos, acos) X(Atan, atan) X(Sinh, sinh) \
  X(Cosh, cosh) X(Tanh, tanh) X(Erf, erf) X(Erfinv, erfinv) X(Lgamma, lgamma) X(Digamma, digamma) X(Sinc, sinc) \
  X(BesselI0, i0) X(Floor, floor) X(Ceil, ceil) X(Round, round) X(Truncate, trunc) X(Fraction, frac) \
  X(IsFinite, isfinite) X(IsInfinite, isinf) X(IsNaN, isnan) X(LogicalNot, logical_not) \
  X(BitwiseNot, bitwise_not) X(Real, real) X(Imaginary, imag) X(Conjugate, conj_physical) X(Angle, angle)

/// The operations on two tensors with broadcasting.
#define TS_BINARY_OPERATIONS(X) \
  X(Multiply, mul) X(Divide, div) X(Power, pow) X(Remainder, remainder) X(FloorDivide, floor_divide) \
  X(Equal, eq) X(NotEqual, ne) X(Less, lt) X(LessOrEqual, le) X(Greater, gt) X(GreaterOrEqual, ge)
#define TS_BINARY_TENSOR_OPERATIONS(X) \
  X(Maximum, maximum) X(Minimum, minimum) X(Atan2, atan2) X(Hypot, hypot) X(LogAddExp, logaddexp) \
  X(LogicalAnd, logical_and) X(LogicalOr, logical_or) X(LogicalXor, logical_xor) \
  X(BitwiseAnd, bitwise_and) X(BitwiseOr, bitwise_or) X(BitwiseXor, bitwise_xor)

#define TS_CASE(name, function) TSUnary##name,
typedef TS_ENUM(TSUnary) { TS_UNARY_OPERATIONS(TS_CASE) } TSUnary;
#undef TS_CASE
#define TS_CASE(name, function) TSBinary##name,
typedef TS_ENUM(TSBinary) {
  TSBinaryAdd, TSBinarySubtract, TS_BINARY_OPERATIONS(TS_CASE) TS_BINARY_TENSOR_OPERATIONS(TS_CASE)
} TSBinary;
#undef TS_CASE

TSTensor _Nullable ts_unary(TSUnary operation, TSTensor x, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_binary(TSBinary operation, TSTensor a, TSTensor b, TSError *error) TS_NOEXCEPT;
/// The operations up to comparisons; `ts_scalar_binary` has the scalar first.
TSTensor _Nullable ts_binary_scalar(TSBinary operation, TSTensor a, TSScalar b, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_scalar_binary(TSBinary operation, TSScalar a, TSTensor b, TSError *error) TS_NOEXCEPT;

TSTensor _Nullable ts_where(TSTensor condition, TSTensor a, TSTensor b, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_clamp(
  TSTensor x, const TSScalar *_Nullable minimum, const TSScalar *_Nullable maximum, TSError *error) TS_NOEXCEPT;

TS_END
#endif

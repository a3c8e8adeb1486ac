// Products of matrices.
#ifndef TSMATRIX_H
#define TSMATRIX_H

#include "TSTensor.h"

TS_BEGIN

TSTensor _Nullable ts_matmul(TSTensor a, TSTensor b, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_bmm(TSTensor a, TSTensor b, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_linear(TSTensor x, TSTensor weight, TSTensor _Nullable bias, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_einsum(
  const char *equation, const TSTensor _Nullable *_Nonnull list, intptr_t count, TSError *error) TS_NOEXCEPT;

TS_END
#endif

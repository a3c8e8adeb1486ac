// Reductions over dimensions.
#ifndef TSREDUCTION_H
#define TSREDUCTION_H

#include "TSTensor.h"

TS_BEGIN

typedef TS_ENUM(TSReduction) {
  TSReductionSum, TSReductionMean, TSReductionMaximum, TSReductionMinimum, TSReductionLogSumExp
} TSReduction;

/// Over all dimensions where `dimensions` is NULL.
TSTensor _Nullable ts_reduce(
  TSReduction operation, TSTensor x, const intptr_t *_Nullable dimensions, intptr_t count, bool keep, TSError *error
) TS_NOEXCEPT;
TSTensor _Nullable ts_variance(
  TSTensor x, const intptr_t *_Nullable dimensions, intptr_t count, double correction, bool keep, TSError *error
) TS_NOEXCEPT;

TS_END
#endif

// Losses. `reduction` is 0 for none, 1 for the mean, 2 for the sum.
#ifndef TSLOSS_H
#define TSLOSS_H

#include "TSTensor.h"

TS_BEGIN

TSTensor _Nullable ts_cross_entropy(
  TSTensor logits, TSTensor targets, TSTensor _Nullable weight, intptr_t reduction, intptr_t ignoredIndex,
  double labelSmoothing, TSError *error
) TS_NOEXCEPT;
TSTensor _Nullable ts_negative_log_likelihood(
  TSTensor logProbabilities, TSTensor targets, TSTensor _Nullable weight, intptr_t reduction, intptr_t ignoredIndex,
  TSError *error
) TS_NOEXCEPT;
TSTensor _Nullable ts_mean_squared_error(TSTensor input, TSTensor target, intptr_t reduction, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_l1_loss(TSTensor input, TSTensor target, intptr_t reduction, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_smooth_l1_loss(
  TSTensor input, TSTensor target, intptr_t reduction, double beta, TSError *error
) TS_NOEXCEPT;
TSTensor _Nullable ts_huber_loss(TSTensor input, TSTensor target, intptr_t reduction, double delta, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_binary_cross_entropy(
  TSTensor input, TSTensor target, TSTensor _Nullable weight, intptr_t reduction, TSError *error
) TS_NOEXCEPT;
TSTensor _Nullable ts_binary_cross_entropy_with_logits(
  TSTensor input, TSTensor target, TSTensor _Nullable weight, TSTensor _Nullable positiveWeight, intptr_t reduction,
  TSError *error
) TS_NOEXCEPT;
TSTensor _Nullable ts_kl_divergence(
  TSTensor input, TSTensor target, intptr_t reduction, bool isLogTarget, TSError *error
) TS_NOEXCEPT;

TS_END
#endif

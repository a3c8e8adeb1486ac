// Normalization over batches, layers, groups and instances.
#ifndef TSNORMALIZATION_H
#define TSNORMALIZATION_H

#include "TSTensor.h"

TS_BEGIN

/// In training the running statistics, where given, are updated in place.
TSTensor _Nullable ts_batch_norm(
  TSTensor input, TSTensor _Nullable weight, TSTensor _Nullable bias, TSTensor _Nullable runningMean,
  TSTensor _Nullable runningVariance, bool isTraining, double momentum, double epsilon, TSError *error
) TS_NOEXCEPT;

TSTensor _Nullable ts_layer_norm(
  TSTensor input, const intptr_t *shape, intptr_t count, TSTensor _Nullable weight, TSTensor _Nullable bias,
  double epsilon, TSError *error
) TS_NOEXCEPT;

TSTensor _Nullable ts_group_norm(
  TSTensor input, intptr_t groups, TSTensor _Nullable weight, TSTensor _Nullable bias, double epsilon,
  TSError *error
) TS_NOEXCEPT;

TSTensor _Nullable ts_instance_norm(
  TSTensor input, TSTensor _Nullable weight, TSTensor _Nullable bias, double epsilon, TSError *error
) TS_NOEXCEPT;

TS_END
#endif

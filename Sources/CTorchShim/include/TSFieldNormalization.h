// Batch normalization with statistics that several channels share.
#ifndef TSFIELDNORMALIZATION_H
#define TSFIELDNORMALIZATION_H

#include "TSTensor.h"

TS_BEGIN

/// Normalizes with the batch's statistics of each field, a set of channels; the running statistics, where given, are
/// updated in place. `fields` holds the field of each channel (int64), `sizes` the number of channels of each field
/// (floating-point); weight, bias and running statistics have one value for each field.
TSTensor _Nullable ts_field_batch_norm(
  TSTensor input, TSTensor fields, TSTensor sizes, TSTensor _Nullable weight, TSTensor _Nullable bias,
  TSTensor _Nullable runningMean, TSTensor _Nullable runningVariance, double momentum, double epsilon, TSError *error
) TS_NOEXCEPT;

TS_END
#endif

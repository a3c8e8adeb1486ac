// Convolution, its transpose, and padding. Arrays with a `rank` hold one entry per spatial axis.
#ifndef TSCONVOLUTION_H
#define TSCONVOLUTION_H

#include "TSTensor.h"

TS_BEGIN

/// Convolution over the last `rank` axes (1, 2 or 3).
TSTensor _Nullable ts_convolution(
  TSTensor input, TSTensor weight, TSTensor _Nullable bias, intptr_t rank, const intptr_t *stride,
  const intptr_t *padding, const intptr_t *dilation, intptr_t groups, TSError *error
) TS_NOEXCEPT;

/// Transposed convolution over the last `rank` axes (1, 2 or 3).
TSTensor _Nullable ts_convolution_transposed(
  TSTensor input, TSTensor weight, TSTensor _Nullable bias, intptr_t rank, const intptr_t *stride,
  const intptr_t *padding, const intptr_t *outputPadding, const intptr_t *dilation, intptr_t groups, TSError *error
) TS_NOEXCEPT;

/// Pads the last axes; `amounts` is ordered from the last axis: before, after, before, after, ….
/// `mode` is constant, reflect, replicate or circular.
TSTensor _Nullable ts_pad(
  TSTensor input, const intptr_t *amounts, intptr_t count, const char *mode, double value, TSError *error
) TS_NOEXCEPT;

TS_END
#endif

// Pooling over the last one, two or three axes. Arrays hold one entry per spatial axis.
#ifndef TSPOOLING_H
#define TSPOOLING_H

#include "TSTensor.h"

TS_BEGIN

TSTensor _Nullable ts_max_pool(
  TSTensor input, intptr_t rank, const intptr_t *kernel, const intptr_t *stride, const intptr_t *padding,
  const intptr_t *dilation, bool roundsUp, TSError *error
) TS_NOEXCEPT;

/// `results` receives the maxima and their flat indices within each plane.
bool ts_max_pool_with_indices(
  TSTensor input, intptr_t rank, const intptr_t *kernel, const intptr_t *stride, const intptr_t *padding,
  const intptr_t *dilation, bool roundsUp, TSTensor _Nullable *_Nonnull results, TSError *error
) TS_NOEXCEPT;

/// `divisor` of 0 divides by the size of the window.
TSTensor _Nullable ts_average_pool(
  TSTensor input, intptr_t rank, const intptr_t *kernel, const intptr_t *stride, const intptr_t *padding, bool roundsUp,
  bool countsPadding, intptr_t divisor, TSError *error
) TS_NOEXCEPT;

TSTensor _Nullable ts_adaptive_average_pool(TSTensor input, intptr_t rank, const intptr_t *size, TSError *error) TS_NOEXCEPT;

/// `results` receives the maxima and their flat indices within each plane.
bool ts_adaptive_max_pool(
  TSTensor input, intptr_t rank, const intptr_t *size, TSTensor _Nullable *_Nonnull results, TSError *error
) TS_NOEXCEPT;

TS_END
#endif

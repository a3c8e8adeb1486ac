// Max pooling that is smoothed before pixels are left out.
#ifndef TSSMOOTHEDPOOLING_H
#define TSSMOOTHEDPOOLING_H

#include "TSTensor.h"

TS_BEGIN

/// The maximum over windows of `size` pixels with stride 1 and `padding`, which never wins; then the same filter of
/// `taps` × `taps` numbers on every channel, with `stride` and zeros in the two entries of `margin`. A size of 1 only
/// smooths. On the CPU in float32, float64 or bfloat16, which is computed in float32. Differentiable twice.
TSTensor _Nullable ts_smoothed_max_pool(
  TSTensor input, intptr_t size, intptr_t padding, const double *filter, intptr_t taps, intptr_t stride,
  const intptr_t *margin, TSError *error
) TS_NOEXCEPT;

TS_END
#endif

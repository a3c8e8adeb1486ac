// Random masks.
#ifndef TSDROPOUT_H
#define TSDROPOUT_H

#include "TSCreation.h"

TS_BEGIN

/// Zeroes entries with probability `p` and scales the rest by 1 / (1 - p). The mask has size 1 along each of `shared`.
/// On an accelerator it comes from a generator there, seeded by `generator`.
TSTensor _Nullable ts_dropout(
  TSTensor input, double p, const intptr_t *shared, intptr_t count, TSGenerator generator, TSError *error
) TS_NOEXCEPT;

TS_END
#endif

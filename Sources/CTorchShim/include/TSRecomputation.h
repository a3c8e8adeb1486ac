// Values that are computed again for the backward pass instead of being kept, and what memory a computation takes.
#ifndef TSRECOMPUTATION_H
#define TSRECOMPUTATION_H

#include "TSTensor.h"

TS_BEGIN

/// Computes the value; takes over the inputs and gives an owned tensor. Must not throw.
typedef TSTensor _Nonnull (*TSRecomputationBody)(
  void *context, const TSTensor _Nullable *_Nonnull inputs, intptr_t count);
/// Frees what `TSRecomputationBody` uses.
typedef void (*TSRecomputationRelease)(void *context);

/// The value of `body` without a record of its operations; the backward pass calls it again, with recording and in the
/// autocast mode of this call, and goes through what it finds. `parameters` are what `body` uses beside its inputs.
/// Takes over `context` in every case; `release` is called once.
TSTensor _Nullable ts_recompute(
  const TSTensor _Nullable *_Nonnull inputs, intptr_t inputCount, const TSTensor _Nullable *_Nonnull parameters,
  intptr_t parameterCount, TSRecomputationBody body, void *context, TSRecomputationRelease release, TSError *error
) TS_NOEXCEPT;

/// Follows the bytes that this thread holds on the CPU from now on; one such scope at a time.
typedef struct TSAllocationMeterStorage *TSAllocationMeter;
TSAllocationMeter _Nullable ts_allocation_meter(TSError *error) TS_NOEXCEPT;
/// Ends the scope and returns the largest number of bytes held at one time beyond those at its begin.
int64_t ts_allocation_meter_finish(TSAllocationMeter meter) TS_NOEXCEPT;

TS_END
#endif

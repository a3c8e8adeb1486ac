// Convolution with filters of 3² pixels by fewer products.
#ifndef TSWINOGRADCONVOLUTION_H
#define TSWINOGRADCONVOLUTION_H

#include "TSTensor.h"

TS_BEGIN

/// Convolution on the CPU with filters `[out, in, 3, 3]`, in steps of one pixel: blocks of 2² outputs by 16 products instead
/// of 36 for each pair of channels. `padding` has two entries; the padding is zeros. Input in float32, float64 or, where
/// `ts_factorized_convolution_takes` it, bfloat16; for that filter and bias are in float32, else all of one type.
/// Differentiable twice.
TSTensor _Nullable ts_winograd_convolution(
  TSTensor input, TSTensor filter, TSTensor _Nullable bias, const intptr_t *padding, TSError *error
) TS_NOEXCEPT;

TS_END
#endif

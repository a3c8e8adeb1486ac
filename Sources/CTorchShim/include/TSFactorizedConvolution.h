// Convolution whose filters are sums of few functions that all channels share.
#ifndef TSFACTORIZEDCONVOLUTION_H
#define TSFACTORIZEDCONVOLUTION_H

#include "TSTensor.h"

TS_BEGIN

/// Whether this machine has such convolutions of images of a type.
bool ts_factorized_convolution_takes(int8_t dtype) TS_NOEXCEPT;
/// Whether products of their tiles are made by the engine's kernels for blocks.
bool ts_multiplies_blocks(int8_t dtype) TS_NOEXCEPT;

/// Convolution on the CPU with the filters `Σ_s weight[o, s, c] · bank[s]`: the bank is applied to each channel, tile by
/// tile, and a matrix product follows. `weight` is `[out, functions · in]`, function by function. `bank` holds the upper
/// left quadrants of the functions (float64), ordered by parity in rows and columns: both even, columns odd, rows odd,
/// both odd; `counts` has the four numbers of functions. `stride` and `padding` have two entries; the padding is zeros.
/// `kernelSize` is 3, 5 or 7. For input in bfloat16, weight and bias are in float32, else all of one type. Differentiable
/// twice.
TSTensor _Nullable ts_factorized_convolution(
  TSTensor input, TSTensor weight, TSTensor _Nullable bias, TSTensor bank, intptr_t kernelSize, const intptr_t *counts,
  const intptr_t *stride, const intptr_t *padding, TSError *error
) TS_NOEXCEPT;

TS_END
#endif

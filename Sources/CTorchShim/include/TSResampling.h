// Resampling of grids: interpolation to a size, sampling at points, affine grids.
#ifndef TSRESAMPLING_H
#define TSRESAMPLING_H

#include "TSTensor.h"

TS_BEGIN

typedef TS_ENUM(TSInterpolation) {
  TSInterpolationNearest = 0, TSInterpolationNearestExact, TSInterpolationLinear, TSInterpolationCubic
} TSInterpolation;

/// Resizes the last `rank` axes. One of `size` and `scale` is NULL.
TSTensor _Nullable ts_interpolate(
  TSTensor input, intptr_t rank, const intptr_t *_Nullable size, const double *_Nullable scale, TSInterpolation mode,
  bool alignsCorners, bool antialiases, TSError *error
) TS_NOEXCEPT;

/// `mode` 0 bilinear, 1 nearest, 2 bicubic; `padding` 0 zeros, 1 border, 2 reflection.
TSTensor _Nullable ts_grid_sample(
  TSTensor input, TSTensor grid, intptr_t mode, intptr_t padding, bool alignsCorners, TSError *error
) TS_NOEXCEPT;

TSTensor _Nullable ts_affine_grid(
  TSTensor theta, const intptr_t *size, intptr_t count, bool alignsCorners, TSError *error
) TS_NOEXCEPT;

TS_END
#endif

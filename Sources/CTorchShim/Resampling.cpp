#include "Guard.hpp"

#include <ATen/ops/_upsample_bicubic2d_aa.h>
#include <ATen/ops/_upsample_bilinear2d_aa.h>
#include <ATen/ops/_upsample_nearest_exact1d.h>
#include <ATen/ops/_upsample_nearest_exact2d.h>
#include <ATen/ops/_upsample_nearest_exact3d.h>
#include <ATen/ops/affine_grid_generator.h>
#include <ATen/ops/grid_sampler.h>
#include <ATen/ops/upsample_bicubic2d.h>
#include <ATen/ops/upsample_bilinear2d.h>
#include <ATen/ops/upsample_linear1d.h>
#include <ATen/ops/upsample_nearest1d.h>
#include <ATen/ops/upsample_nearest2d.h>
#include <ATen/ops/upsample_nearest3d.h>
#include <ATen/ops/upsample_trilinear3d.h>

using namespace steerable;

namespace {

using Size = at::OptionalIntArrayRef;
using Scale = std::optional<at::ArrayRef<double>>;

at::Tensor resize(
    const at::Tensor &x, intptr_t rank, Size size, Scale scale, TSInterpolation mode, bool corners, bool antialiases) {
  TORCH_CHECK(x.dim() == rank + 2, "expected an input with ", rank, " spatial axes after [N, C], got rank ", x.dim());
  TORCH_CHECK(
      !antialiases || (rank == 2 && mode >= TSInterpolationLinear),
      "antialiasing needs bilinear or bicubic interpolation of a plane");
  switch (mode) {
    case TSInterpolationNearest:
      if (rank == 1) return at::upsample_nearest1d(x, size, scale);
      if (rank == 2) return at::upsample_nearest2d(x, size, scale);
      return at::upsample_nearest3d(x, size, scale);
    case TSInterpolationNearestExact:
      if (rank == 1) return at::_upsample_nearest_exact1d(x, size, scale);
      if (rank == 2) return at::_upsample_nearest_exact2d(x, size, scale);
      return at::_upsample_nearest_exact3d(x, size, scale);
    case TSInterpolationLinear:
      if (antialiases) return at::_upsample_bilinear2d_aa(x, size, corners, scale);
      if (rank == 1) return at::upsample_linear1d(x, size, corners, scale);
      if (rank == 2) return at::upsample_bilinear2d(x, size, corners, scale);
      return at::upsample_trilinear3d(x, size, corners, scale);
    case TSInterpolationCubic: break;
  }
  TORCH_CHECK(rank == 2, "bicubic interpolation needs two spatial axes, got ", rank);
  if (antialiases) return at::_upsample_bicubic2d_aa(x, size, corners, scale);
  return at::upsample_bicubic2d(x, size, corners, scale);
}

}  // namespace

TSTensor ts_interpolate(
  TSTensor input, intptr_t rank, const intptr_t *size, const double *scale, TSInterpolation mode, bool alignsCorners,
  bool antialiases, TSError *error
) noexcept {
  return guard(error, [&] {
    Size target = size ? Size(integers(size, rank)) : Size();
    Scale factor = scale ? Scale(at::ArrayRef<double>(scale, rank)) : Scale();
    return wrap(resize(unwrap(input), rank, target, factor, mode, alignsCorners, antialiases));
  });
}

TSTensor ts_grid_sample(
  TSTensor input, TSTensor grid, intptr_t mode, intptr_t padding, bool alignsCorners, TSError *error
) noexcept {
  return guard(error, [&] {
    return wrap(at::grid_sampler(unwrap(input), unwrap(grid), mode, padding, alignsCorners));
  });
}

TSTensor ts_affine_grid(TSTensor theta, const intptr_t *size, intptr_t count, bool alignsCorners, TSError *error) noexcept {
  return guard(error, [&] {
    return wrap(at::affine_grid_generator(unwrap(theta), integers(size, count), alignsCorners));
  });
}

#include "Guard.hpp"

#include <ATen/ops/complex.h>
#include <ATen/ops/fft_fftn.h>
#include <ATen/ops/fft_fftshift.h>
#include <ATen/ops/fft_ifftn.h>
#include <ATen/ops/fft_ifftshift.h>
#include <ATen/ops/fft_irfftn.h>
#include <ATen/ops/fft_rfftn.h>
#include <ATen/ops/polar.h>
#include <ATen/ops/resolve_conj.h>
#include <ATen/ops/view_as_complex.h>
#include <ATen/ops/view_as_real.h>

using namespace steerable;

TSTensor ts_fourier(
  TSTensor input, TSFourierKind kind, const intptr_t *lengths, const intptr_t *axes, intptr_t count, const char *norm,
  TSError *error
) noexcept {
  return guard(error, [&] {
    at::OptionalIntArrayRef s = lengths ? at::OptionalIntArrayRef(integers(lengths, count)) : at::OptionalIntArrayRef();
    at::IntArrayRef a = integers(axes, count);
    c10::string_view n(norm);
    switch (kind) {
      case TSFourierKindForward: return wrap(at::fft_fftn(unwrap(input), s, a, n));
      case TSFourierKindInverse: return wrap(at::fft_ifftn(unwrap(input), s, a, n));
      case TSFourierKindRealForward: return wrap(at::fft_rfftn(unwrap(input), s, a, n));
      default: return wrap(at::fft_irfftn(unwrap(input), s, a, n));
    }
  });
}

TSTensor ts_fourier_shift(TSTensor input, const intptr_t *axes, intptr_t count, bool isInverse, TSError *error) noexcept {
  return guard(error, [&] {
    at::OptionalIntArrayRef a(integers(axes, count));
    return wrap(isInverse ? at::fft_ifftshift(unwrap(input), a) : at::fft_fftshift(unwrap(input), a));
  });
}

TSTensor ts_complex(TSTensor real, TSTensor imag, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::complex(unwrap(real), unwrap(imag))); });
}

TSTensor ts_polar(TSTensor magnitude, TSTensor angle, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::polar(unwrap(magnitude), unwrap(angle))); });
}

TSTensor ts_view_as_real(TSTensor input, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::view_as_real(at::resolve_conj(unwrap(input)))); });
}

TSTensor ts_view_as_complex(TSTensor input, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::view_as_complex(unwrap(input))); });
}

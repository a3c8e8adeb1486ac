// Discrete Fourier transforms and complex numbers.
#ifndef TSFOURIER_H
#define TSFOURIER_H

#include "TSTensor.h"

TS_BEGIN

typedef TS_ENUM(TSFourierKind) {
  TSFourierKindForward = 0, TSFourierKindInverse, TSFourierKindRealForward, TSFourierKindRealInverse
} TSFourierKind;

/// Transform over `axes`; `lengths` (or NULL) gives the signal length per axis; `norm` is backward, ortho or forward.
TSTensor _Nullable ts_fourier(
  TSTensor input, TSFourierKind kind, const intptr_t *_Nullable lengths, const intptr_t *axes, intptr_t count,
  const char *norm, TSError *error
) TS_NOEXCEPT;

/// Moves the zero frequency to the middle of `axes`, or back.
TSTensor _Nullable ts_fourier_shift(
  TSTensor input, const intptr_t *axes, intptr_t count, bool isInverse, TSError *error
) TS_NOEXCEPT;

TSTensor _Nullable ts_complex(TSTensor real, TSTensor imag, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_polar(TSTensor magnitude, TSTensor angle, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_view_as_real(TSTensor input, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_view_as_complex(TSTensor input, TSError *error) TS_NOEXCEPT;

TS_END
#endif

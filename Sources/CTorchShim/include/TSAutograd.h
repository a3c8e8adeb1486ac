// Differentiation, and the operations that change a tensor in place.
#ifndef TSAUTOGRAD_H
#define TSAUTOGRAD_H

#include "TSTensor.h"

TS_BEGIN

bool ts_gradient_enabled(void) TS_NOEXCEPT;
void ts_set_gradient_enabled(bool enabled) TS_NOEXCEPT;

bool ts_requires_gradient(TSTensor tensor) TS_NOEXCEPT;
bool ts_is_leaf(TSTensor tensor) TS_NOEXCEPT;
bool ts_set_requires_gradient(TSTensor tensor, bool required, TSError *error) TS_NOEXCEPT;
bool ts_retain_gradient(TSTensor tensor, TSError *error) TS_NOEXCEPT;
/// NULL without an error where there is none.
TSTensor _Nullable ts_gradient(TSTensor tensor, TSError *error) TS_NOEXCEPT;
bool ts_set_gradient(TSTensor tensor, TSTensor _Nullable gradient, TSError *error) TS_NOEXCEPT;
bool ts_backward(TSTensor tensor, TSTensor _Nullable seed, bool retain, bool create, TSError *error) TS_NOEXCEPT;
/// Writes one gradient per input, NULL for an input that the output does not depend on where `unused` allows that.
bool ts_gradients(
  TSTensor output, TSTensor _Nullable seed, const TSTensor _Nullable *_Nonnull inputs, intptr_t count, bool retain,
  bool create, bool unused, TSTensor _Nullable *_Nonnull gradients, TSError *error) TS_NOEXCEPT;

// In place, for the cells that parameters and buffers are
bool ts_copy_in_place(TSTensor target, TSTensor source, TSError *error) TS_NOEXCEPT;
bool ts_fill_in_place(TSTensor target, TSScalar value, TSError *error) TS_NOEXCEPT;
bool ts_add_in_place(TSTensor target, TSTensor other, TSScalar alpha, TSError *error) TS_NOEXCEPT;
bool ts_add_scalar_in_place(TSTensor target, TSScalar value, TSError *error) TS_NOEXCEPT;
bool ts_multiply_in_place(TSTensor target, TSTensor other, TSError *error) TS_NOEXCEPT;
bool ts_multiply_scalar_in_place(TSTensor target, TSScalar value, TSError *error) TS_NOEXCEPT;
bool ts_divide_in_place(TSTensor target, TSTensor other, TSError *error) TS_NOEXCEPT;
bool ts_addcmul_in_place(TSTensor target, TSTensor a, TSTensor b, TSScalar value, TSError *error) TS_NOEXCEPT;
bool ts_addcdiv_in_place(TSTensor target, TSTensor a, TSTensor b, TSScalar value, TSError *error) TS_NOEXCEPT;
bool ts_lerp_in_place(TSTensor target, TSTensor end, TSScalar weight, TSError *error) TS_NOEXCEPT;
/// Makes the cell refer to another tensor's storage, type and device (`set_data`).
bool ts_set_data(TSTensor target, TSTensor source, TSError *error) TS_NOEXCEPT;

TS_END
#endif

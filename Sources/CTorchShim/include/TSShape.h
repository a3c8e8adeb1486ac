// Operations that arrange elements: views, joins, indexing.
#ifndef TSSHAPE_H
#define TSSHAPE_H

#include "TSTensor.h"

TS_BEGIN

TSTensor _Nullable ts_reshape(TSTensor x, const intptr_t *sizes, intptr_t rank, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_view(TSTensor x, const intptr_t *sizes, intptr_t rank, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_expand(TSTensor x, const intptr_t *sizes, intptr_t rank, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_permute(TSTensor x, const intptr_t *order, intptr_t rank, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_transpose(TSTensor x, intptr_t a, intptr_t b, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_flatten(TSTensor x, intptr_t first, intptr_t last, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_squeeze_all(TSTensor x, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_squeeze(TSTensor x, intptr_t dimension, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_unsqueeze(TSTensor x, intptr_t dimension, TSError *error) TS_NOEXCEPT;

TSTensor _Nullable ts_concatenate(
  const TSTensor _Nullable *_Nonnull list, intptr_t count, intptr_t dimension, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_stack(
  const TSTensor _Nullable *_Nonnull list, intptr_t count, intptr_t dimension, TSError *error) TS_NOEXCEPT;

TSTensor _Nullable ts_narrow(
  TSTensor x, intptr_t dimension, intptr_t start, intptr_t length, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_select(TSTensor x, intptr_t dimension, intptr_t index, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_slice(
  TSTensor x, intptr_t dimension, intptr_t start, intptr_t end, intptr_t step, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_index_select(TSTensor x, intptr_t dimension, TSTensor indices, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_gather(TSTensor x, intptr_t dimension, TSTensor indices, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_flip(TSTensor x, const intptr_t *dimensions, intptr_t count, TSError *error) TS_NOEXCEPT;

TS_END
#endif

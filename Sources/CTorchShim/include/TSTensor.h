// Lifetime, queries, storage and conversion of tensors.
#ifndef TSTENSOR_H
#define TSTENSOR_H

#include "TSError.h"

TS_BEGIN

/// A retained `c10::TensorImpl *`.
typedef struct TSOpaqueTensor *TSTensor;

/// A number as an operator's scalar argument; its kind takes part in type promotion.
typedef TS_ENUM(TSScalarKind) { TSScalarKindDouble = 0, TSScalarKindInt, TSScalarKindBool } TSScalarKind;
typedef struct TSScalar {
  TSScalarKind kind;
  double number;
  int64_t integer;
} TSScalar;

/// A `c10::DeviceType` and an index, -1 for the current one.
typedef struct TSDevice {
  int8_t type;
  int8_t index;
} TSDevice;

/// What a factory makes. `dtype` is a `c10::ScalarType`.
typedef struct TSOptions {
  int8_t dtype;
  TSDevice device;
} TSOptions;

typedef TS_ENUM(TSMemoryFormat) {
  TSMemoryFormatContiguous = 0, TSMemoryFormatPreserve = 1, TSMemoryFormatChannelsLast = 2,
  TSMemoryFormatChannelsLast3D = 3
} TSMemoryFormat;

// Lifetime
void ts_release(TSTensor tensor) TS_NOEXCEPT;
void ts_retain(TSTensor tensor) TS_NOEXCEPT;
/// How many tensors the other side of the boundary holds now.
int64_t ts_live_tensor_count(void) TS_NOEXCEPT;

// Queries that cannot fail
intptr_t ts_rank(TSTensor tensor) TS_NOEXCEPT;
intptr_t ts_count(TSTensor tensor) TS_NOEXCEPT;
int8_t ts_dtype(TSTensor tensor) TS_NOEXCEPT;
TSDevice ts_device(TSTensor tensor) TS_NOEXCEPT;
/// Writes `ts_rank` numbers.
void ts_sizes(TSTensor tensor, intptr_t *sizes) TS_NOEXCEPT;
bool ts_strides(TSTensor tensor, intptr_t *strides, TSError *error) TS_NOEXCEPT;
bool ts_is_contiguous(TSTensor tensor, TSMemoryFormat format) TS_NOEXCEPT;
bool ts_is_same(TSTensor a, TSTensor b) TS_NOEXCEPT;

// Storage
/// The address of the first element in memory of the processor; fails elsewhere.
const void *_Nullable ts_data(TSTensor tensor, TSError *error) TS_NOEXCEPT;
/// Bytes per element.
intptr_t ts_element_size(TSTensor tensor) TS_NOEXCEPT;
/// A new tensor that holds a copy of `byteCount` bytes.
TSTensor _Nullable ts_from_bytes(
  const void *_Nullable bytes, intptr_t byteCount, const intptr_t *sizes, intptr_t rank, TSOptions options,
  TSError *error) TS_NOEXCEPT;
/// Copies all elements in row-major order, converted to `dtype`, into `buffer`.
bool ts_read(TSTensor tensor, int8_t dtype, void *_Nullable buffer, intptr_t byteCount, TSError *error) TS_NOEXCEPT;
bool ts_item(TSTensor tensor, double *value, TSError *error) TS_NOEXCEPT;
bool ts_item_integer(TSTensor tensor, int64_t *value, TSError *error) TS_NOEXCEPT;

// Conversion
TSTensor _Nullable ts_to_dtype(TSTensor tensor, int8_t dtype, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_to_device(TSTensor tensor, TSDevice device, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_contiguous(TSTensor tensor, TSMemoryFormat format, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_clone(TSTensor tensor, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_detach(TSTensor tensor, TSError *error) TS_NOEXCEPT;

TS_END
#endif

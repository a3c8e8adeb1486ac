// Any operator of LibTorch by its name, with the types and defaults of its registered schema.
#ifndef TSDISPATCHER_H
#define TSDISPATCHER_H

#include "TSCreation.h"
#include "TSTensor.h"

TS_BEGIN

typedef TS_ENUM(TSValueKind) {
  TSValueKindNone = 0, TSValueKindTensor, TSValueKindDouble, TSValueKindInt, TSValueKindBool, TSValueKindIntList,
  TSValueKindDoubleList, TSValueKindBoolList, TSValueKindTensorList, TSValueKindString, TSValueKindDevice,
  TSValueKindGenerator, TSValueKindComplex
} TSValueKind;

/// One argument or result. `payload` holds the bits of the number, or an address: of a tensor, of `count` 8-byte
/// numbers, of `count` handles (NULL for an absent tensor), of `count` bytes of text, of two doubles. A device is
/// type << 8 | index.
typedef struct TSValue {
  TSValueKind kind;
  intptr_t count;
  uint64_t payload;
} TSValue;

/// An operator, valid for the whole life of the process.
typedef struct TSOpaqueOperator *TSOperator;

/// Fails with the names that are near where there is no such operator.
TSOperator _Nullable ts_find_operator(const char *name, const char *overload, TSError *error) TS_NOEXCEPT;
/// The schema as text.
char *_Nullable ts_operator_schema(TSOperator operation, TSError *error) TS_NOEXCEPT;

/// Calls an operator. `names[i]` is NULL for an argument that is given by its position. The results are owned by the
/// caller: first the tensors, then the array with `ts_values_free`.
bool ts_call(
  TSOperator operation, const TSValue *_Nullable arguments, const char *_Nullable const *_Nullable names,
  intptr_t count, TSValue *_Nullable *_Nonnull results, intptr_t *resultCount, TSError *error) TS_NOEXCEPT;
/// Frees the lists and texts, not the tensors.
void ts_values_free(TSValue *_Nullable values, intptr_t count) TS_NOEXCEPT;
void ts_text_free(char *_Nullable text) TS_NOEXCEPT;

TS_END
#endif

// The whole boundary between Swift and LibTorch: plain C, no C++ type crosses it.
//
// Rules that every function keeps:
//  * It never throws. Failures return NULL (or false) and fill `TSError *`, which the caller frees with ts_error_free.
//  * A `TSTensor` that is returned is owned by the caller (one retained TensorImpl); arguments are borrowed.
#ifndef CTORCHSHIM_H
#define CTORCHSHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma clang assume_nonnull begin

/// A retained `c10::TensorImpl *`.
typedef struct TSOpaqueTensor *TSTensor;

typedef enum TSErrorKind {
  TSErrorNone = 0, TSErrorShape, TSErrorIndex, TSErrorOutOfMemory, TSErrorDevice, TSErrorNotImplemented, TSErrorOther
} TSErrorKind;

/// Filled by a failing call; zero it before the call.
typedef struct TSError {
  TSErrorKind kind;
  char *_Nullable message;
} TSError;

void ts_error_free(TSError *error);

// Tensor lifetime and queries are in TSTensor.h, and so on by concept.

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif
#endif

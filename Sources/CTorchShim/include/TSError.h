// How a failure crosses the boundary.
#ifndef TSERROR_H
#define TSERROR_H

#include "TSBase.h"

TS_BEGIN

typedef TS_ENUM(TSErrorKind) {
  TSErrorKindNone = 0,
  TSErrorKindShape,
  TSErrorKindIndex,
  TSErrorKindOutOfMemory,
  TSErrorKindDevice,
  TSErrorKindNotImplemented,
  TSErrorKindOther
} TSErrorKind;

/// Filled by a failing call; zero it before the call.
typedef struct TSError {
  TSErrorKind kind;
  char *_Nullable message;
} TSError;

/// Frees the message and zeroes the error.
void ts_error_free(TSError *error) TS_NOEXCEPT;

TS_END
#endif

// Automatic casts to a lower precision inside a scope, per device kind and thread.
#ifndef TSAUTOCAST_H
#define TSAUTOCAST_H

#include "TSTensor.h"

TS_BEGIN

/// What a scope found when it was entered; give it back to ts_autocast_exit.
typedef struct TSAutocastState {
  int8_t cpuDtype, cudaDtype;
  bool cpuEnabled, cudaEnabled;
} TSAutocastState;

/// Sets both device kinds; `dtype` is a scalar type code.
bool ts_autocast_enter(int8_t dtype, bool enabled, TSAutocastState *state, TSError *error) TS_NOEXCEPT;
/// Restores what ts_autocast_enter found; leaving the outermost scope drops the cached casts.
void ts_autocast_exit(TSAutocastState state) TS_NOEXCEPT;
bool ts_autocast_is_enabled(bool cuda) TS_NOEXCEPT;
/// The type code of casts in a scope.
int8_t ts_autocast_dtype(bool cuda) TS_NOEXCEPT;

TS_END
#endif

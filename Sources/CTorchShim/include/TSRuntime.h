// The engine as a whole: version, threads, determinism, devices.
#ifndef TSRUNTIME_H
#define TSRUNTIME_H

#include "TSError.h"

TS_BEGIN

/// Where accelerators may compute float32 products with fewer bits.
typedef struct {
  bool products, convolutions;
} TSReducedPrecision;

/// The version of the headers that the shim was compiled with, as major << 16 | minor << 8 | patch.
int32_t ts_header_version(void) TS_NOEXCEPT;
/// The version of the library that is loaded, in the same form.
int32_t ts_library_version(void) TS_NOEXCEPT;

intptr_t ts_thread_count(void) TS_NOEXCEPT;
bool ts_set_thread_count(intptr_t count, TSError *error) TS_NOEXCEPT;
bool ts_is_deterministic(void) TS_NOEXCEPT;
bool ts_set_deterministic(bool enabled, TSError *error) TS_NOEXCEPT;
bool ts_set_reduced_precision(TSReducedPrecision precision, TSError *error) TS_NOEXCEPT;
TSReducedPrecision ts_reduced_precision(void) TS_NOEXCEPT;
bool ts_manual_seed(uint64_t seed, TSError *error) TS_NOEXCEPT;
intptr_t ts_cuda_device_count(void) TS_NOEXCEPT;
/// Whether the loops of this library were compiled with optimization; without, they are far slower than the engine's.
bool ts_loops_are_optimized(void) TS_NOEXCEPT;
/// Keeps freed memory in the process; false where the C library has no such setting.
bool ts_retain_freed_memory(void) TS_NOEXCEPT;

TS_END
#endif

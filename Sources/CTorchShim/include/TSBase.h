// What every header of the boundary uses.
#ifndef TSBASE_H
#define TSBASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define TS_BEGIN extern "C" { _Pragma("clang assume_nonnull begin")
#define TS_END _Pragma("clang assume_nonnull end") }
#define TS_NOEXCEPT noexcept
#else
#define TS_BEGIN _Pragma("clang assume_nonnull begin")
#define TS_END _Pragma("clang assume_nonnull end")
#define TS_NOEXCEPT
#endif

/// An enumeration that Swift imports as a closed `enum` with the common prefix dropped.
#define TS_ENUM(name) enum __attribute__((enum_extensibility(closed))) name : int32_t

#endif

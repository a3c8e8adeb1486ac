// Tensors from nothing, and random numbers.
#ifndef TSCREATION_H
#define TSCREATION_H

#include "TSTensor.h"

TS_BEGIN

TSTensor _Nullable ts_full(
  const intptr_t *sizes, intptr_t rank, TSScalar value, TSOptions options, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_arange(
  TSScalar start, TSScalar end, TSScalar step, TSOptions options, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_linspace(
  double start, double end, intptr_t count, TSOptions options, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_eye(intptr_t rows, intptr_t columns, TSOptions options, TSError *error) TS_NOEXCEPT;

/// A retained generator of the processor (mt19937).
typedef struct TSOpaqueGenerator *TSGenerator;

/// Seeds up to 32 bits give LibTorch's own stream; larger ones a state spread from all 64 bits.
TSGenerator _Nullable ts_generator(uint64_t seed, TSError *error) TS_NOEXCEPT;
TSGenerator _Nullable ts_generator_copy(TSGenerator generator, TSError *error) TS_NOEXCEPT;
void ts_generator_release(TSGenerator generator) TS_NOEXCEPT;
uint64_t ts_generator_next(TSGenerator generator) TS_NOEXCEPT;
/// Replaces the state by 624 words and forgets what was drawn before.
bool ts_generator_set_words(TSGenerator generator, const uint32_t *words, TSError *error) TS_NOEXCEPT;
intptr_t ts_generator_state_size(void) TS_NOEXCEPT;
bool ts_generator_state(TSGenerator generator, void *bytes, intptr_t count, TSError *error) TS_NOEXCEPT;
bool ts_generator_set_state(TSGenerator generator, const void *bytes, intptr_t count, TSError *error) TS_NOEXCEPT;

// Random numbers, always drawn on the processor, so that they are the same for every device.
TSTensor _Nullable ts_uniform(
  const intptr_t *sizes, intptr_t rank, double low, double high, TSGenerator generator, TSOptions options,
  TSError *error) TS_NOEXCEPT;
/// The same distribution, but each number is a hash of its place: all threads draw. The generator advances by 64 bits.
TSTensor _Nullable ts_hashed_uniform(
  const intptr_t *sizes, intptr_t rank, double low, double high, TSGenerator generator, TSOptions options,
  TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_normal(
  const intptr_t *sizes, intptr_t rank, double mean, double deviation, TSGenerator generator, TSOptions options,
  TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_random_integers(
  const intptr_t *sizes, intptr_t rank, int64_t low, int64_t high, TSGenerator generator, TSOptions options,
  TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_permutation(intptr_t count, TSGenerator generator, TSOptions options, TSError *error) TS_NOEXCEPT;
/// Ones with the probabilities that `probabilities` holds, zeros elsewhere; drawn on the processor.
TSTensor _Nullable ts_bernoulli(TSTensor probabilities, TSGenerator generator, TSError *error) TS_NOEXCEPT;

TS_END
#endif

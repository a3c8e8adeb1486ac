// TorchScript modules: built from source text, saved, loaded and run.
#ifndef TSSCRIPT_H
#define TSSCRIPT_H

#include "TSTensor.h"

TS_BEGIN

/// An owned `torch::jit::Module`.
typedef struct TSOpaqueScript *TSScript;

TSScript _Nullable ts_script_create(const char *name, TSError *error) TS_NOEXCEPT;
void ts_script_free(TSScript script) TS_NOEXCEPT;

/// Adds a tensor under a dotted name; each part but the last is a submodule, made where it is absent.
bool ts_script_register(TSScript script, const char *name, TSTensor tensor, bool isBuffer, TSError *error) TS_NOEXCEPT;
/// Compiles method definitions (`def forward(self, x): …`) into the module.
bool ts_script_define(TSScript script, const char *source, TSError *error) TS_NOEXCEPT;

bool ts_script_save(TSScript script, const char *path, TSError *error) TS_NOEXCEPT;
TSScript _Nullable ts_script_load(const char *path, TSError *error) TS_NOEXCEPT;

/// Runs `method` on tensors. Its tensor, tuple or list of tensors is written to `results` (owned by the caller, freed
/// with ts_script_results_free after the tensors are taken) and their number to `resultCount`.
bool ts_script_run(
  TSScript script, const char *method, const TSTensor _Nonnull *_Nonnull inputs, intptr_t count,
  TSTensor _Nonnull *_Nullable *_Nonnull results, intptr_t *resultCount, TSError *error
) TS_NOEXCEPT;
void ts_script_results_free(TSTensor _Nonnull *_Nonnull results) TS_NOEXCEPT;

/// The module frozen in evaluation mode with weights folded in, convolutions computed by this library's own loops where
/// these are faster, and operators fused.
TSScript _Nullable ts_script_optimized(TSScript script, TSError *error) TS_NOEXCEPT;
/// A copy in evaluation mode whose weights are constants.
TSScript _Nullable ts_script_frozen(TSScript script, TSError *error) TS_NOEXCEPT;

/// The operators of `forward`, one per line, in order; free with ts_script_text_free.
char *_Nullable ts_script_operators(TSScript script, TSError *error) TS_NOEXCEPT;
/// The dotted names of parameters and buffers, one per line, in order; free with ts_script_text_free.
char *_Nullable ts_script_names(TSScript script, TSError *error) TS_NOEXCEPT;
void ts_script_text_free(char *text) TS_NOEXCEPT;
TSTensor _Nullable ts_script_attribute(TSScript script, const char *name, TSError *error) TS_NOEXCEPT;

TS_END
#endif

// Pointwise nonlinearities and softmax.
#ifndef TSACTIVATION_H
#define TSACTIVATION_H

#include "TSTensor.h"

TS_BEGIN

TSTensor _Nullable ts_relu(TSTensor input, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_elu(TSTensor input, double alpha, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_leaky_relu(TSTensor input, double slope, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_selu(TSTensor input, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_silu(TSTensor input, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_gelu(TSTensor input, bool approximates, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_softplus(TSTensor input, double beta, double threshold, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_sigmoid(TSTensor input, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_log_sigmoid(TSTensor input, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_hardtanh(TSTensor input, double minimum, double maximum, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_prelu(TSTensor input, TSTensor slope, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_softmax(TSTensor input, intptr_t axis, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_log_softmax(TSTensor input, intptr_t axis, TSError *error) TS_NOEXCEPT;

TS_END
#endif

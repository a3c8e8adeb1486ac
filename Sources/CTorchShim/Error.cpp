#include "CTorchShim.h"
#include <ATen/core/Tensor.h>
#include <cstdlib>
extern "C" void ts_error_free(TSError *error) { std::free(error->message); error->message = nullptr; error->kind = TSErrorNone; }

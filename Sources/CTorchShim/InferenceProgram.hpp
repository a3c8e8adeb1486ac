// What this library's own loops take over in a program whose weights are constants.
#pragma once

#include <torch/csrc/jit/api/module.h>

namespace steerable {

/// Replaces operations of a frozen module by faster ones with the same results to rounding; tells whether it found any.
///
/// Convolutions whose filters are sums of few functions are factorized, those with 3 × 3 pixels filtered minimally, and
/// others get their filters in the order that oneDNN wants. A ReLU after a convolution, and a maximum before the
/// smoothing of each channel, are computed with it. The program takes images `[N, C, H, W]` of the weights' number format.
bool accelerate(torch::jit::Module &frozen);

/// Whether a module has operations that `accelerate` puts in, which no other program knows.
bool isAccelerated(const torch::jit::Module &module);

}  // namespace steerable

// The few functions on the window of which all filters of a convolution are sums, found in the filters themselves.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace steerable {

/// Filters `[out, in, k, k]` as sums `Σ_s coefficients[out, in, s] · function[s]`.
///
/// Filters of a steerable convolution are combinations of few functions. These may be chosen even or odd in rows and in
/// columns, since exchanging rows or columns gives functions of the same kind. Other filters, where exchanges give new
/// functions, count more of them. Nothing but the filters' numbers is needed to find them.
struct SharedFunctions {
  /// Of each function its upper left quadrant (float64), ordered by parity in rows and columns: both even, columns odd,
  /// rows odd, both odd.
  at::Tensor quadrants;
  /// How many functions there are of each parity.
  std::vector<int64_t> counts;
  /// `[out, in, functions]` in float64.
  at::Tensor coefficients;

  int64_t count() const { return counts[0] + counts[1] + counts[2] + counts[3]; }
  /// Multiplications by quadrants for one window and one channel.
  int64_t multiplications(int64_t kernelSize) const;
};

/// Finds the functions; what lies within the rounding of the filters' own number format is left out.
SharedFunctions sharedFunctions(const at::Tensor &filters);

}  // namespace steerable

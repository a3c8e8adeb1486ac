#include "SharedFunctions.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/zeros.h>

#include <cmath>

namespace steerable {

namespace {

/// The share of the size of all filters together that rounding may have made.
double tolerance(at::ScalarType type) {
  switch (type) {
    case at::kDouble: return 1e-13;
    case at::kBFloat16: return 4e-3;
    default: return 1e-6;
  }
}

/// An orthonormal set of windows `[patterns, k, k]` that are even or odd in rows and in columns: each stands for one
/// pixel of the upper left quadrant.
at::Tensor patterns(int64_t size, bool rowsOdd, bool columnsOdd) {
  const int64_t height = rowsOdd ? size / 2 : (size + 1) / 2, width = columnsOdd ? size / 2 : (size + 1) / 2;
  const double rowSign = rowsOdd ? -1 : 1, columnSign = columnsOdd ? -1 : 1;
  const at::Tensor result = at::zeros({height * width, size, size}, at::kDouble);
  auto values = result.accessor<double, 3>();
  for (int64_t j = 0; j < height; ++j) {
    for (int64_t i = 0; i < width; ++i) {
      const int64_t below = size - 1 - j, right = size - 1 - i;
      auto pattern = values[j * width + i];
      const double value = 1 / std::sqrt((j == below ? 1. : 2.) * (i == right ? 1. : 2.));
      pattern[below][right] = rowSign * columnSign * value;
      pattern[below][i] = rowSign * value;
      pattern[j][right] = columnSign * value;
      pattern[j][i] = value;
    }
  }
  return result;
}

}  // namespace

int64_t SharedFunctions::multiplications(int64_t kernelSize) const {
  const int64_t even = (kernelSize + 1) / 2, odd = kernelSize / 2;
  return counts[0] * even * even + (counts[1] + counts[2]) * even * odd + counts[3] * odd * odd;
}

SharedFunctions sharedFunctions(const at::Tensor &filters) {
  const int64_t out = filters.size(0), in = filters.size(1), size = filters.size(2);
  const at::Tensor values = filters.to(at::kDouble).reshape({out * in, size * size});
  const double smallest = std::pow(tolerance(filters.scalar_type()), 2) * values.square().sum().item<double>();
  SharedFunctions result;
  std::vector<at::Tensor> quadrants, functions;
  for (const bool rowsOdd : {false, true}) {
    for (const bool columnsOdd : {false, true}) {
      const at::Tensor windows = patterns(size, rowsOdd, columnsOdd);
      const at::Tensor part = values.mm(windows.view({-1, size * size}).t());
      // Directions in the space of filters, with the squares of the filters' sizes along them in ascending order.
      const auto [sizes, directions] = at::linalg_eigh(part.t().mm(part));
      const int64_t count = (sizes > smallest).sum().item<int64_t>();
      const at::Tensor kept = directions.narrow(1, directions.size(1) - count, count).t();
      const at::Tensor found = kept.mm(windows.view({-1, size * size})).view({count, size, size});
      const int64_t height = (size + !rowsOdd) / 2, width = (size + !columnsOdd) / 2;
      result.counts.push_back(count);
      quadrants.push_back(found.narrow(1, 0, height).narrow(2, 0, width).reshape({-1}));
      functions.push_back(found.view({count, size * size}));
    }
  }
  result.quadrants = at::cat(quadrants);
  result.coefficients = values.mm(at::cat(functions).t()).view({out, in, result.count()});
  return result;
}

}  // namespace steerable

// Work for the engine's threads.
#pragma once

#include <ATen/Parallel.h>
#include <ATen/TensorIterator.h>
#include <ATen/ops/arange.h>

#include <algorithm>
#include <cstdint>

namespace steerable {

/// Runs `body(part, begin, end)` on equal parts of `0..<count` in multiples of `unit`, each on a thread of the engine.
///
/// The engine's operations inside of a part run on one thread. `at::parallel_for` would be serial here: it is a
/// template that is parallel only where the compiler speaks OpenMP, so an iterator of the library itself does the work.
template <typename Body>
void parallelParts(int64_t count, int64_t unit, const Body &body) {
  const int64_t units = (count + unit - 1) / unit;
  const int64_t parts = std::min<int64_t>(at::get_num_threads(), units);
  if (parts <= 1) {
    if (count > 0) body(int64_t{0}, int64_t{0}, count);
    return;
  }
  const at::Tensor indices = at::arange(parts, at::kLong);
  auto iterator =
    at::TensorIteratorConfig().check_all_same_dtype(false).resize_outputs(false).add_output(indices).build();
  iterator.for_each(
    [&](char **data, const int64_t *strides, int64_t size) {
      for (int64_t i = 0; i < size; ++i) {
        const int64_t part = *reinterpret_cast<int64_t *>(data[0] + i * strides[0]);
        const int64_t begin = units * part / parts * unit;
        const int64_t end = std::min(count, units * (part + 1) / parts * unit);
        if (begin < end) body(part, begin, end);
      }
    },
    1);
}

}  // namespace steerable

// Memory for numbers of one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace steerable {

/// Memory that is written before it is read.
template <typename Number>
std::unique_ptr<Number[]> buffer(int64_t count) {
  return std::make_unique_for_overwrite<Number[]>(static_cast<size_t>(count));
}

}  // namespace steerable

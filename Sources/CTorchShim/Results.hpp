// Several results of one operation.
#pragma once

#include "Guard.hpp"

#include <tuple>

namespace steerable {

/// Writes each tensor of a tuple to `results`, owned by the caller; always true.
template <typename... Tensors>
bool wrapAll(std::tuple<Tensors...> &&values, TSTensor _Nullable *_Nonnull results) {
  std::apply([&](auto &&...tensor) { ((*results++ = wrap(std::move(tensor))), ...); }, std::move(values));
  return true;
}

}  // namespace steerable

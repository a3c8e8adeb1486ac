// Names of Gloo that LibTorch's header mentions; see README.md.
#pragma once

#include <chrono>

namespace gloo {

/// The connections to all peers; only pointers to it exist on this side.
class Context {
 public:
  void setTimeout(std::chrono::milliseconds timeout);
};

}  // namespace gloo

// Names of Gloo that LibTorch's header mentions; see ../README.md.
#pragma once

namespace gloo::transport {

/// An address to listen on; only shared pointers to it exist on this side, which LibTorch makes and deletes.
class Device;

/// A buffer of a point-to-point message; only mentioned.
class UnboundBuffer {
 public:
  virtual ~UnboundBuffer();
};

}  // namespace gloo::transport

// Names of Gloo that LibTorch's header mentions; see ../README.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

// The version of the interface that LibTorch 2.13 was built with.
#define GLOO_STORE_HAS_STORE_V2

namespace gloo::rendezvous {

/// Where peers leave their addresses; LibTorch derives its own store from it and makes that store itself.
class Store {
 public:
  virtual ~Store();
  virtual void set(const std::string &key, const std::vector<char> &value) = 0;
  virtual std::vector<char> get(const std::string &key) = 0;
  virtual void wait(const std::vector<std::string> &keys) = 0;
  virtual void wait(const std::vector<std::string> &keys, const std::chrono::milliseconds &timeout) = 0;
  virtual bool has_v2_support() = 0;
  virtual std::vector<std::vector<char>> multi_get(const std::vector<std::string> &keys) = 0;
  virtual void multi_set(const std::vector<std::string> &keys, const std::vector<std::vector<char>> &values) = 0;
  virtual void append(const std::string &key, const std::vector<char> &value) = 0;
  virtual int64_t add(const std::string &key, int64_t value) = 0;
};

}  // namespace gloo::rendezvous

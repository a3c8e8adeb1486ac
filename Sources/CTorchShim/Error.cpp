#include "Guard.hpp"

#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <string_view>

namespace {

bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
  for (auto word : words) {
    if (text.find(word) != std::string_view::npos) return true;
  }
  return false;
}

// Most of LibTorch's failures are plain `c10::Error`s: what they are about stands only in the text.
TSErrorKind classify(std::string_view text) {
  if (mentions(text, {"can't allocate memory", "out of memory", "not enough memory"})) return TSErrorKindOutOfMemory;
  if (mentions(text, {"on the same device", "CUDA", "device type", "No CUDA", "device index", "Unknown device",
                      "unknown device"}))
    return TSErrorKindDevice;
  if (mentions(text, {"not implemented for", "not supported for", "Could not run 'aten::"}))
    return TSErrorKindNotImplemented;
  if (mentions(text, {"out of range", "out of bounds", "Dimension out of", "index "})) return TSErrorKindIndex;
  if (mentions(text, {"size", "shape", "dimension", "dim ", "broadcast", "must match", "same number of", "channels",
                      "elements", "-D ", "1D", "2D", "3D", "4D"}))
    return TSErrorKindShape;
  return TSErrorKindOther;
}

void fill(TSError *error, TSErrorKind kind, std::string_view text) noexcept {
  std::free(error->message);
  error->kind = kind;
  // A trailing newline and everything past the first line is for LibTorch's own developers.
  text = text.substr(0, text.find('\n'));
  // So is the place of a failed assertion, "[enforce fail at FILE:LINE] CONDITION. TEXT".
  if (text.starts_with("[enforce fail at ")) {
    if (auto end = text.find(". ", text.find(']')); end != std::string_view::npos) text = text.substr(end + 2);
  }
  error->message = static_cast<char *>(std::malloc(text.size() + 1));
  if (error->message == nullptr) return;
  std::memcpy(error->message, text.data(), text.size());
  error->message[text.size()] = '\0';
}

}  // namespace

namespace steerable {

void capture(TSError *error) noexcept {
  try {
    throw;
  } catch (const c10::OutOfMemoryError &exception) {
    fill(error, TSErrorKindOutOfMemory, exception.what_without_backtrace());
  } catch (const c10::IndexError &exception) {
    fill(error, TSErrorKindIndex, exception.what_without_backtrace());
  } catch (const c10::NotImplementedError &exception) {
    fill(error, TSErrorKindNotImplemented, exception.what_without_backtrace());
  } catch (const c10::TypeError &exception) {
    fill(error, TSErrorKindOther, exception.what_without_backtrace());
  } catch (const c10::Error &exception) {
    fill(error, classify(exception.what_without_backtrace()), exception.what_without_backtrace());
  } catch (const std::bad_alloc &) {
    fill(error, TSErrorKindOutOfMemory, "out of memory");
  } catch (const std::exception &exception) {
    fill(error, classify(exception.what()), exception.what());
  } catch (...) {
    fill(error, TSErrorKindOther, "an unknown C++ exception");
  }
}

}  // namespace steerable

void ts_error_free(TSError *error) noexcept {
  std::free(error->message);
  error->message = nullptr;
  error->kind = TSErrorKindNone;
}

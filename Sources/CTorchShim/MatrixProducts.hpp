// Matrix products of parts that lie in the caches of one core, with sums in the precision of the computation.
//
// The engine's general product copies its factors to blocks in every call and rounds its result to the factors' type. Here
// the right factor is arranged in blocks once and used for many left ones, and products of bfloat16 are added up in
// float32. The engine's own kernel for blocks does the work where it runs (x86-64), the general product elsewhere.
#pragma once

#include "Vectors.hpp"

#include <ATen/core/Tensor.h>

#include <memory>
#include <optional>
#include <vector>

namespace steerable {

/// Whether numbers of a type can be multiplied here. In bfloat16 only by processors whose vectors do it (AVX-512): others
/// would go by way of float32, and with matrix units (AMX) products are so fast that what is saved on them is lost elsewhere.
bool hasProducts(at::ScalarType type);

/// Whether the engine's kernels for blocks make these products.
bool multipliesBlocks(at::ScalarType type);

/// Refuses images, weights and biases of types in which products of these are not made.
void checkTypes(const at::Tensor &images, const at::Tensor &weights, const std::optional<at::Tensor> &bias);

/// Calls `body` with a number of a type that `hasProducts`.
template <typename Body>
auto dispatched(at::ScalarType type, const Body &body) {
  switch (type) {
    case at::kDouble: return body(double());
    case at::kBFloat16: return body(c10::BFloat16());
    default: return body(float());
  }
}

/// The right factor `[rows, columns]` of products whose left factors change.
///
/// In bfloat16 rows count in pairs: left factors have a number for the row that an odd factor lacks, which is read but
/// not used; it must be finite.
template <typename Stored>
class RightFactor {
 public:
  /// Reads the numbers at `values[row · rowStride + column · columnStride]`, of which one stride is 1, on all threads or
  /// on this one.
  ///
  /// They must stay where they are, as they are not always copied.
  template <typename Source>
  void read(
    const Source *values, int64_t rows, int64_t columns, int64_t rowStride, int64_t columnStride,
    bool usesAllThreads);

  /// The numbers that were read, in blocks, to be kept; of types whose blocks are multiplied.
  at::Tensor blocks() const;

  /// Takes `blocks()` of another factor, which must stay where they are, in place of reading.
  void adopt(const at::Tensor &blocks, int64_t rows, int64_t columns);

  /// `result [count, columns] = left [count, rows] · self`, or adds it.
  void multiply(
    const Stored *left, int64_t count, int64_t leftStride, Number<Stored> *result, int64_t resultStride,
    bool adds) const;

  /// The numbers of a left factor's row.
  static int64_t padded(int64_t rows);

 private:
  int64_t rows_ = 0, columns_ = 0;
  /// Where the numbers are used as they lie.
  const Stored *values_ = nullptr;
  int64_t rowStride_ = 0, columnStride_ = 0;
  /// Panels of columns; in bfloat16 the two numbers of a pair of rows lie side by side.
  const Stored *blocks_ = nullptr;
  std::unique_ptr<Stored[]> packed_;
  int64_t capacity_ = 0;
};

/// Left factors in the form that products need, in memory that serves for one after the other.
template <typename Stored>
class LeftFactor {
 public:
  /// `[rows, columns]`, with rows as long as `RightFactor::padded(columns)`; the same memory if they are.
  const Stored *padded(const Stored *values, int64_t rows, int64_t columns);

  /// `[columns, rows]` from rows that lie `stride` apart, with `RightFactor::padded(rows)` numbers in a row.
  const Stored *transposed(const Stored *values, int64_t rows, int64_t columns, int64_t stride);

 private:
  std::vector<Stored> numbers_, zeros_;
  std::vector<uint32_t> words_;
};

/// To the nearest number, ties to even.
void roundNumbers(const float *source, c10::BFloat16 *target, int64_t count);

/// Lets go of what the engine holds for this thread's products.
template <typename Stored>
void finishProducts();

}  // namespace steerable

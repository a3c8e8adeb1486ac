// Sums between the processes of a training, and what they are working on.
#pragma once

#include "Guard.hpp"

#include <ATen/core/ivalue.h>

#include <memory>
#include <string>

namespace steerable {

/// The processes that work together; every one calls the same functions in the same order.
class ProcessGroup : public torch::CustomClassHolder {
 public:
  ProcessGroup(const std::string &address, int port, bool isHosted, int rank, int size, double timeout);
  ~ProcessGroup() override;

  int rank() const { return rank_; }
  int size() const { return size_; }

  /// Puts the sum over all processes into the tensor.
  void sum(const at::Tensor &tensor);
  /// Puts the tensor of the process `root` into all.
  void broadcast(const at::Tensor &tensor, int root);
  void barrier();

  /// As `sum`, where an exception would have nowhere to go, in the middle of a network. A failure leaves the tensor as
  /// it is, and the next of the other functions throws it: nothing that was computed after it is ever used.
  void sumOrRemember(const at::Tensor &tensor) noexcept;

 private:
  template <typename Body>
  void run(Body &&body);

  struct Connections;
  std::unique_ptr<Connections> connections_;
  int rank_, size_;
  double timeout_;
  std::string failure_;
};

/// The images that this process works on, of those that all processes work on at the same time.
struct BatchShare {
  /// Null outside of data-parallel training.
  c10::intrusive_ptr<ProcessGroup> group;
  int64_t offset = 0, count = 0, total = 0;

  /// What is being worked on now. It belongs to the whole process, because gradients are computed on other threads.
  static BatchShare current();

  /// The rows of a tensor with these rows: the first, and how many all processes have. False for other tensors.
  bool rows(int64_t count, int64_t &first, int64_t &total) const;
};

/// Replaces the mean and the (biased) variance of each channel, and the number of values in each, by those over all
/// processes.
void poolMoments(ProcessGroup &group, at::Tensor &mean, at::Tensor &variance, double &positions);

}  // namespace steerable

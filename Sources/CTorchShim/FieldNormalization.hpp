// Batch normalization with statistics that several channels share, and over all processes of a group.
#pragma once

#include "ProcessGroup.hpp"

namespace steerable {

/// Normalizes with the batch's statistics of each field; see `ts_field_batch_norm`. With a group, the batch is that of
/// all processes.
at::Tensor fieldBatchNorm(
  const at::Tensor &input, const std::optional<at::Tensor> &weight, const std::optional<at::Tensor> &bias,
  const at::Tensor &fields, const at::Tensor &sizes, const std::optional<at::Tensor> &runningMean,
  const std::optional<at::Tensor> &runningVariance, double momentum, double epsilon,
  const c10::intrusive_ptr<ProcessGroup> &group);

}  // namespace steerable

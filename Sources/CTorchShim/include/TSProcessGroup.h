// Processes that train together: sums between them, and the share of a batch that each works on.
#ifndef TSPROCESSGROUP_H
#define TSPROCESSGROUP_H

#include "TSTensor.h"

TS_BEGIN

/// Processes that call the same functions in the same order; the owner frees it with `ts_process_group_release`.
typedef struct TSProcessGroupOpaque *TSProcessGroup;

/// Waits for all `size` processes at an address; `timeout` in seconds. The process of rank 0 listens there, or, where
/// `isHosted`, a program that does not belong to them, as torchrun.
TSProcessGroup _Nullable ts_process_group(
  const char *address, intptr_t port, bool isHosted, intptr_t rank, intptr_t size, double timeout, TSError *error
) TS_NOEXCEPT;
void ts_process_group_release(TSProcessGroup group) TS_NOEXCEPT;

/// Puts the sums over all processes into the tensors, in messages of about `bucketBytes`.
bool ts_sum_over_processes(
  TSProcessGroup group, const TSTensor _Nullable *_Nonnull list, intptr_t count, intptr_t bucketBytes, TSError *error
) TS_NOEXCEPT;
/// Puts the tensors of the process `root` into those of all.
bool ts_broadcast(
  TSProcessGroup group, const TSTensor _Nullable *_Nonnull list, intptr_t count, intptr_t root, TSError *error
) TS_NOEXCEPT;
bool ts_barrier(TSProcessGroup group, TSError *error) TS_NOEXCEPT;
/// The sum over all processes as a new tensor; its gradient is the sum of all gradients.
TSTensor _Nullable ts_all_reduced(TSProcessGroup group, TSTensor tensor, TSError *error) TS_NOEXCEPT;

/// The images that this process works on, of those that all processes work on at the same time.
typedef struct TSBatchShare {
  intptr_t offset, count, total;
} TSBatchShare;

/// While there is a group, batch norms take the statistics of all processes, and dropout draws for all images.
void ts_set_batch_share(TSProcessGroup _Nullable group, TSBatchShare value) TS_NOEXCEPT;
/// The place of `count` rows among those of all processes; false where there is no share, or the rows are not its
/// images.
bool ts_batch_rows(intptr_t count, intptr_t *first, intptr_t *total) TS_NOEXCEPT;
/// The moments of channels over all processes, mean and variance; writes nothing where there is no group.
bool ts_pool_moments(
  TSTensor mean, TSTensor variance, intptr_t *positions, TSTensor _Nullable *_Nonnull pooled, TSError *error
) TS_NOEXCEPT;

TS_END
#endif

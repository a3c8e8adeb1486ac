#include "ProcessGroup.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/zeros.h>
#include <c10/util/Logging.h>
#include <torch/csrc/autograd/custom_function.h>

// The wheel's Gloo is compiled in, whatever its headers say.
#ifndef USE_C10D_GLOO
#define USE_C10D_GLOO
#endif
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <chrono>
#include <cstdlib>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace steerable {

struct ProcessGroup::Connections {
  c10::intrusive_ptr<c10d::TCPStore> store;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo;
};

namespace {

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000));
}

bool mentions(const std::string &text, std::initializer_list<const char *> words) {
  for (auto word : words) {
    if (text.find(word) != std::string::npos) return true;
  }
  return false;
}

/// One sentence for what Gloo and the store say in many words.
std::string reason(const std::string &text, double timeout) {
  const std::string waited = std::to_string(static_cast<int64_t>(timeout)) + " s";
  if (mentions(text, {"address already in use", "EADDRINUSE", "failed to listen"}))
    return "the port is in use already";
  if (mentions(text, {"Timed out", "timed out", "timeout", "Timeout"}))
    return "another process did not answer within " + waited;
  if (mentions(text, {"onnection", "Read error", "Write error", "writev", "ocket"}))
    return "the connection to another process was lost";
  return text.substr(0, text.find('\n'));
}

/// Keeps c10d from printing, with stack traces, what is thrown here as one sentence.
void silenceLog() {
  constexpr int fatal = 3;
  if (std::getenv("TORCH_CPP_LOG_LEVEL") == nullptr) FLAGS_caffe2_log_level = fatal;
}

/// The network to use: that of GLOO_SOCKET_IFNAME, the machine itself when all meet there, else that of its name.
std::shared_ptr<::gloo::transport::Device> device(const std::string &address) {
  if (const char *interface = std::getenv("GLOO_SOCKET_IFNAME"); interface != nullptr && *interface != '\0')
    return c10d::ProcessGroupGloo::createDeviceForInterface(interface);
  if (address == "localhost" || address == "::1" || address.starts_with("127."))
    return c10d::ProcessGroupGloo::createDeviceForHostname(address);
  return c10d::ProcessGroupGloo::createDefaultDevice();
}

/// The store where the processes meet.
///
/// c10d bounds the wait for somebody who listens there, but not that for an answer, which a program that has nothing to do
/// with the training never gives. So it waits in a thread of its own, which is left behind then.
c10::intrusive_ptr<c10d::TCPStore> meetingPlace(const std::string &address, const c10d::TCPStoreOptions &options) {
  using Store = c10::intrusive_ptr<c10d::TCPStore>;
  auto promise = std::make_shared<std::promise<Store>>();
  std::future<Store> store = promise->get_future();
  std::thread([promise, address, options] {
    try {
      promise->set_value(c10::make_intrusive<c10d::TCPStore>(address, options));
    } catch (...) {
      promise->set_exception(std::current_exception());
    }
  }).detach();
  if (store.wait_for(options.timeout + std::chrono::seconds(1)) == std::future_status::timeout)
    throw std::runtime_error("timed out");
  return store.get();
}

}  // namespace

ProcessGroup::ProcessGroup(const std::string &address, int port, bool isHosted, int rank, int size, double timeout)
    : connections_(std::make_unique<Connections>()), rank_(rank), size_(size), timeout_(timeout) {
  TORCH_CHECK(size >= 1 && rank >= 0 && rank < size, "there is no process ", rank, " of ", size);
  silenceLog();
  run([&] {
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(port);
    options.isServer = rank == 0 && !isHosted;
    options.numWorkers = static_cast<std::size_t>(size);
    options.timeout = milliseconds(timeout);
    // Gloo waits for the others.
    options.waitWorkers = false;
    connections_->store = meetingPlace(address, options);
    auto settings = c10d::ProcessGroupGloo::Options::create(milliseconds(timeout));
    settings->devices.push_back(device(address));
    connections_->gloo = c10::make_intrusive<c10d::ProcessGroupGloo>(connections_->store, rank, size, settings);
  });
}

ProcessGroup::~ProcessGroup() = default;

template <typename Body>
void ProcessGroup::run(Body &&body) {
  if (!failure_.empty()) throw std::runtime_error(failure_);
  try {
    body();
  } catch (const c10::Error &error) {
    failure_ = reason(error.what_without_backtrace(), timeout_);
    throw std::runtime_error(failure_);
  } catch (const std::exception &error) {
    failure_ = reason(error.what(), timeout_);
    throw std::runtime_error(failure_);
  }
}

/// Runs `body` on a contiguous tensor in the memory of the processor, which is what Gloo takes.
template <typename Body>
static void staged(const at::Tensor &tensor, Body &&body) {
  at::NoGradGuard unrecorded;
  if (tensor.numel() == 0) return;
  const bool isDirect = tensor.device().is_cpu() && tensor.is_contiguous();
  std::vector<at::Tensor> list{isDirect ? tensor.detach() : tensor.detach().to(at::kCPU).contiguous()};
  body(list);
  if (!isDirect) tensor.detach().copy_(list[0]);
}

void ProcessGroup::sum(const at::Tensor &tensor) {
  run([&] {
    staged(tensor, [&](std::vector<at::Tensor> &list) { connections_->gloo->allreduce(list)->wait(); });
  });
}

void ProcessGroup::broadcast(const at::Tensor &tensor, int root) {
  run([&] {
    staged(tensor, [&](std::vector<at::Tensor> &list) {
      c10d::BroadcastOptions options;
      options.rootRank = root;
      connections_->gloo->broadcast(list, options)->wait();
    });
  });
}

void ProcessGroup::barrier() {
  run([&] { connections_->gloo->barrier()->wait(); });
}

void ProcessGroup::sumOrRemember(const at::Tensor &tensor) noexcept {
  try {
    sum(tensor);
  } catch (...) {
    // `run` has noted it.
  }
}

// The work of the moment

static std::mutex shareMutex;
static BatchShare share;

BatchShare BatchShare::current() {
  std::lock_guard lock(shareMutex);
  return share;
}

bool BatchShare::rows(int64_t present, int64_t &first, int64_t &all) const {
  // A sample may have several rows, one after another.
  if (!group || count == 0 || present % count != 0) return false;
  first = present / count * offset;
  all = present / count * total;
  return true;
}

void poolMoments(ProcessGroup &group, at::Tensor &mean, at::Tensor &variance, double &positions) {
  at::NoGradGuard unrecorded;
  const int64_t channels = mean.numel();
  // Each process fills its own row; the sum over processes is then exact, and the same bits everywhere.
  at::Tensor table = at::zeros({group.size(), 2 * channels + 1}, at::kDouble);
  at::Tensor row = table[group.rank()];
  row.narrow(0, 0, channels).copy_(mean);
  row.narrow(0, channels, channels).copy_(variance);
  row.narrow(0, 2 * channels, 1).fill_(positions);
  group.sumOrRemember(table);
  const at::Tensor counts = table.narrow(1, 2 * channels, 1);
  positions = counts.sum().item<double>();
  const at::Tensor weights = counts / positions;
  const at::Tensor means = table.narrow(1, 0, channels);
  const at::Tensor pooled = (weights * means).sum(0);
  const at::Tensor spread = table.narrow(1, channels, channels) + (means - pooled).square();
  variance = (weights * spread).sum(0).to(variance.options());
  mean = pooled.to(mean.options());
}

namespace {

/// A sum over processes whose gradient is the sum of the processes' gradients.
class AllReduced : public torch::autograd::Function<AllReduced> {
 public:
  static at::Tensor forward(
    torch::autograd::AutogradContext *context, const at::Tensor &input, const c10::intrusive_ptr<ProcessGroup> &group
  ) {
    at::AutoDispatchBelowADInplaceOrView below;
    context->saved_data["group"] = c10::IValue::make_capsule(group);
    at::Tensor result = input.clone();
    group->sum(result);
    return result;
  }

  static torch::autograd::variable_list backward(
    torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients
  ) {
    auto group = c10::static_intrusive_pointer_cast<ProcessGroup>(context->saved_data["group"].toCapsule());
    return {apply(gradients[0], group), {}};
  }
};

ProcessGroup *unwrapGroup(TSProcessGroup group) { return reinterpret_cast<ProcessGroup *>(group); }

c10::intrusive_ptr<ProcessGroup> retainedGroup(TSProcessGroup group) {
  return c10::intrusive_ptr<ProcessGroup>::reclaim_copy(unwrapGroup(group));
}

/// Sums tensors in flat buckets, so that there are few messages and little memory.
void sumInBuckets(ProcessGroup &group, const std::vector<at::Tensor> &list, int64_t limit) {
  at::NoGradGuard unrecorded;
  for (size_t begin = 0, end = 0; begin < list.size(); begin = end) {
    const auto options = list[begin].options();
    std::vector<at::Tensor> flat;
    int64_t bytes = 0;
    while (end < list.size() && list[end].scalar_type() == options.dtype() && list[end].device() == options.device() &&
           (flat.empty() || bytes + static_cast<int64_t>(list[end].nbytes()) <= limit)) {
      bytes += static_cast<int64_t>(list[end].nbytes());
      flat.push_back(list[end++].detach().reshape({-1}));
    }
    const at::Tensor bucket = at::cat(flat);
    group.sum(bucket);
    int64_t start = 0;
    for (size_t i = begin; i < end; ++i) {
      const int64_t count = list[i].numel();
      list[i].detach().copy_(bucket.narrow(0, start, count).view(list[i].sizes()));
      start += count;
    }
  }
}

}  // namespace

}  // namespace steerable

using namespace steerable;

TSProcessGroup ts_process_group(
  const char *address, intptr_t port, bool isHosted, intptr_t rank, intptr_t size, double timeout, TSError *error
) noexcept {
  return guard(error, [&] {
    auto group = c10::make_intrusive<ProcessGroup>(
      address, static_cast<int>(port), isHosted, static_cast<int>(rank), static_cast<int>(size), timeout);
    return reinterpret_cast<TSProcessGroup>(group.release());
  });
}

void ts_process_group_release(TSProcessGroup group) noexcept {
  (void)c10::intrusive_ptr<ProcessGroup>::reclaim(unwrapGroup(group));
}

bool ts_sum_over_processes(
  TSProcessGroup group, const TSTensor *list, intptr_t count, intptr_t bucketBytes, TSError *error
) noexcept {
  return guard(error, [&] {
    sumInBuckets(*unwrapGroup(group), tensors(list, count), bucketBytes);
    return true;
  });
}

bool ts_broadcast(
  TSProcessGroup group, const TSTensor *list, intptr_t count, intptr_t root, TSError *error
) noexcept {
  return guard(error, [&] {
    for (const at::Tensor &tensor : tensors(list, count)) {
      unwrapGroup(group)->broadcast(tensor, static_cast<int>(root));
    }
    return true;
  });
}

bool ts_barrier(TSProcessGroup group, TSError *error) noexcept {
  return guard(error, [&] {
    unwrapGroup(group)->barrier();
    return true;
  });
}

TSTensor ts_all_reduced(TSProcessGroup group, TSTensor tensor, TSError *error) noexcept {
  return guard(error, [&] { return wrap(AllReduced::apply(retained(tensor), retainedGroup(group))); });
}

void ts_set_batch_share(TSProcessGroup group, TSBatchShare value) noexcept {
  std::lock_guard lock(shareMutex);
  share = {
    group == nullptr ? c10::intrusive_ptr<ProcessGroup>() : retainedGroup(group), value.offset, value.count,
    value.total};
}

bool ts_batch_rows(intptr_t count, intptr_t *first, intptr_t *total) noexcept {
  int64_t start = 0, all = 0;
  if (!BatchShare::current().rows(count, start, all)) return false;
  *first = start;
  *total = all;
  return true;
}

bool ts_pool_moments(
  TSTensor mean, TSTensor variance, intptr_t *positions, TSTensor *pooled, TSError *error
) noexcept {
  return guard(error, [&] {
    const BatchShare share = BatchShare::current();
    if (!share.group) return true;
    at::Tensor means = retained(mean), variances = retained(variance);
    double count = static_cast<double>(*positions);
    poolMoments(*share.group, means, variances, count);
    *positions = static_cast<intptr_t>(count);
    pooled[0] = wrap(std::move(means));
    pooled[1] = wrap(std::move(variances));
    return true;
  });
}

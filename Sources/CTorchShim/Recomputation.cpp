#include "Guard.hpp"

#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <memory>
#include <mutex>

using namespace steerable;
namespace autograd = torch::autograd;
namespace autocast = at::autocast;

namespace {

/// What the caller computes, freed with its last owner.
class Body {
 public:
  Body(TSRecomputationBody call, void *context, TSRecomputationRelease release)
      : call_(call), context_(context), release_(release) {}
  ~Body() { release_(context_); }
  Body(const Body &) = delete;
  Body &operator=(const Body &) = delete;

  at::Tensor operator()(const std::vector<at::Tensor> &inputs) const {
    std::vector<TSTensor> handles;
    handles.reserve(inputs.size());
    for (const auto &input : inputs) handles.push_back(wrap(input));
    auto result = call_(context_, handles.data(), static_cast<intptr_t>(handles.size()));
    auto value = retained(result);
    ts_release(result);
    return value;
  }

 private:
  TSRecomputationBody call_;
  void *context_;
  TSRecomputationRelease release_;
};

/// The autocast mode of a thread at one time, to be entered again.
struct AutocastMode {
  struct Device {
    at::DeviceType type;
    bool enabled;
    at::ScalarType dtype;
  };
  Device devices[2];
  bool caches;

  static AutocastMode current() {
    auto of = [](at::DeviceType type) {
      return Device{type, autocast::is_autocast_enabled(type), autocast::get_autocast_dtype(type)};
    };
    return {{of(at::kCPU), of(at::kCUDA)}, autocast::is_autocast_cache_enabled()};
  }

  void set() const {
    for (const auto &device : devices) {
      autocast::set_autocast_enabled(device.type, device.enabled);
      autocast::set_autocast_dtype(device.type, device.dtype);
    }
    autocast::set_autocast_cache_enabled(caches);
  }
};

/// Enters a mode, and goes back at the end of the scope.
class AutocastScope {
 public:
  explicit AutocastScope(const AutocastMode &mode) : before_(AutocastMode::current()) { mode.set(); }
  ~AutocastScope() { before_.set(); }
  AutocastScope(const AutocastScope &) = delete;
  AutocastScope &operator=(const AutocastScope &) = delete;

 private:
  AutocastMode before_;
};

/// The step of the backward pass that computes the value again, with a record, and goes through it.
class Recomputation final : public autograd::Node {
 public:
  Recomputation(
    std::shared_ptr<Body> body, const std::vector<at::Tensor> &inputs, const std::vector<at::Tensor> &parameters,
    AutocastMode mode
  ) : Node(autograd::collect_next_edges(inputs, parameters)), body_(std::move(body)), mode_(mode) {
    for (const auto &input : inputs) inputs_.emplace_back(input, false);
    for (const auto &parameter : parameters) parameters_.emplace_back(parameter, false);
  }

  std::string name() const override { return "Recomputation"; }

  void release_variables() override {
    std::lock_guard<std::mutex> lock(mutex_);
    inputs_.clear();
    parameters_.clear();
    body_.reset();
  }

  autograd::variable_list apply(autograd::variable_list &&gradients) override {
    TORCH_CHECK_NOT_IMPLEMENTED(
      !at::GradMode::is_enabled(), "a recomputed value has a first derivative only; the gradient's own graph was asked for");
    autograd::variable_list result(num_outputs());
    if (!gradients[0].defined()) return result;

    std::vector<at::Tensor> inputs, targets;
    std::vector<size_t> places;
    std::shared_ptr<Body> body;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      TORCH_CHECK(
        body_ != nullptr, "the graph of a recomputed value was freed by an earlier backward pass; retain it to go through it twice");
      body = body_;
      for (const auto &saved : inputs_) {
        auto input = saved.unpack(nullptr).detach();
        if (task_should_compute_output(inputs.size())) {
          input.requires_grad_(true);
          places.push_back(inputs.size());
          targets.push_back(input);
        }
        inputs.push_back(std::move(input));
      }
      for (size_t i = 0; i < parameters_.size(); ++i) {
        // Unpacking tells of a parameter that has been changed since.
        auto parameter = parameters_[i].unpack(nullptr);
        if (!task_should_compute_output(inputs.size() + i)) continue;
        places.push_back(inputs.size() + i);
        targets.push_back(std::move(parameter));
      }
    }
    at::Tensor value;
    {
      at::AutoGradMode recorded(true);
      auto mode = mode_;
      // Kept casts would outlive this graph.
      mode.caches = false;
      AutocastScope scope(mode);
      value = (*body)(inputs);
    }
    body.reset();
    inputs.clear();
    if (!value.requires_grad()) return result;
    auto found = autograd::grad({std::move(value)}, targets, {gradients[0]}, /*retain_graph=*/false,
                                /*create_graph=*/false, /*allow_unused=*/true);
    for (size_t i = 0; i < places.size(); ++i) result[places[i]] = std::move(found[i]);
    return result;
  }

 private:
  std::shared_ptr<Body> body_;
  AutocastMode mode_;
  std::vector<autograd::SavedVariable> inputs_, parameters_;
};

}  // namespace

TSTensor ts_recompute(
  const TSTensor *inputs, intptr_t inputCount, const TSTensor *parameters, intptr_t parameterCount,
  TSRecomputationBody call, void *context, TSRecomputationRelease release, TSError *error
) noexcept {
  return guard(error, [&] {
    auto body = std::make_shared<Body>(call, context, release);
    const auto arguments = tensors(inputs, inputCount), used = tensors(parameters, parameterCount);
    bool isRecorded = false;
    for (const auto &list : {arguments, used}) {
      for (const auto &tensor : list) isRecorded = isRecorded || tensor.requires_grad();
    }
    if (!at::GradMode::is_enabled() || !isRecorded) return wrap((*body)(arguments));

    const auto mode = AutocastMode::current();
    at::Tensor value;
    {
      at::NoGradGuard unrecorded;
      auto now = mode;
      // A cast of a parameter that is made here has no record, so nobody may find it later.
      now.caches = false;
      AutocastScope scope(now);
      std::vector<at::Tensor> detached;
      detached.reserve(arguments.size());
      for (const auto &argument : arguments) detached.push_back(argument.detach());
      value = (*body)(detached).detach();
    }
    auto node = c10::make_intrusive<Recomputation>(std::move(body), arguments, used, mode);
    autograd::set_history(value, node);
    return wrap(std::move(value));
  });
}

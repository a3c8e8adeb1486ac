#include "Guard.hpp"
#include "InferenceProgram.hpp"

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/export.h>
#include <torch/csrc/jit/serialization/import.h>

using namespace steerable;
using torch::jit::Module;

namespace {

Module &module(TSScript script) { return *reinterpret_cast<Module *>(script); }

TSScript own(Module value) { return reinterpret_cast<TSScript>(new Module(std::move(value))); }

char *copied(const std::string &text) {
  char *copy = static_cast<char *>(std::malloc(text.size() + 1));
  if (!copy) throw std::bad_alloc();
  std::memcpy(copy, text.c_str(), text.size() + 1);
  return copy;
}

std::vector<std::string> parts(const std::string &name) {
  std::vector<std::string> result;
  size_t start = 0;
  while (true) {
    size_t dot = name.find('.', start);
    result.push_back(name.substr(start, dot == std::string::npos ? dot : dot - start));
    TORCH_CHECK(!result.back().empty(), "\"", name, "\" is not a dotted name");
    if (dot == std::string::npos) return result;
    start = dot + 1;
  }
}

// A module in evaluation mode, as every module built here is.
Module evaluating(Module value) {
  value.register_attribute("training", c10::BoolType::get(), false);
  return value;
}

// The submodule that holds the last part of a dotted name, with what leads to it made where it is absent.
Module holder(Module current, const std::vector<std::string> &path) {
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    if (!current.hasattr(path[i])) {
      auto unit = current._ivalue()->compilation_unit();
      current.register_module(path[i], evaluating(Module("__torch__.Container", unit, true)));
    }
    auto value = current.attr(path[i]);
    TORCH_CHECK(value.isModule(), "\"", path[i], "\" names both a tensor and a submodule");
    current = value.toModule();
  }
  return current;
}

void collect(const c10::IValue &value, std::vector<at::Tensor> &tensors) {
  if (value.isTensor()) {
    // Known before any tensor is given away, so that none is lost to an error half-way.
    TORCH_CHECK(value.toTensor().defined(), "the method returned an undefined tensor");
    tensors.push_back(value.toTensor());
  } else if (value.isTuple()) {
    for (const auto &element : value.toTupleRef().elements()) collect(element, tensors);
  } else if (value.isTensorList()) {
    for (const auto &element : value.toTensorVector()) collect(element, tensors);
  } else {
    TORCH_CHECK(false, "the method returned a ", value.tagKind(), " where tensors are expected");
  }
}

}  // namespace

TSScript ts_script_create(const char *name, TSError *error) noexcept {
  return guard(error, [&] { return own(evaluating(Module(std::string("__torch__.") + name))); });
}

void ts_script_free(TSScript script) noexcept { delete reinterpret_cast<Module *>(script); }

bool ts_script_register(TSScript script, const char *name, TSTensor tensor, bool isBuffer, TSError *error) noexcept {
  return guard(error, [&] {
    auto path = parts(name);
    Module target = holder(module(script), path);
    TORCH_CHECK(!target.hasattr(path.back()), "\"", name, "\" is registered twice");
    target.register_parameter(path.back(), unwrap(tensor)->detach(), isBuffer);
    return true;
  });
}

bool ts_script_define(TSScript script, const char *source, TSError *error) noexcept {
  return guard(error, [&] {
    module(script).define(source);
    return true;
  });
}

bool ts_script_save(TSScript script, const char *path, TSError *error) noexcept {
  return guard(error, [&] {
    TORCH_CHECK(
      !isAccelerated(module(script)),
      "a program that is prepared for inference cannot be saved; save the one that it was made of");
    module(script).save(path);
    return true;
  });
}

TSScript ts_script_load(const char *path, TSError *error) noexcept {
  return guard(error, [&] { return own(torch::jit::load(std::string(path), at::Device(at::kCPU))); });
}

bool ts_script_run(
  TSScript script, const char *method, const TSTensor *inputs, intptr_t count, TSTensor **results,
  intptr_t *resultCount, TSError *error
) noexcept {
  return guard(error, [&] {
    std::vector<c10::IValue> arguments;
    arguments.reserve(count);
    for (intptr_t i = 0; i < count; ++i) arguments.emplace_back(unwrap(inputs[i]));
    std::vector<at::Tensor> tensors;
    collect(module(script).get_method(method)(std::move(arguments)), tensors);
    auto owned = static_cast<TSTensor *>(std::malloc(sizeof(TSTensor) * std::max<size_t>(tensors.size(), 1)));
    if (!owned) throw std::bad_alloc();
    for (size_t i = 0; i < tensors.size(); ++i) owned[i] = wrap(std::move(tensors[i]));
    *results = owned;
    *resultCount = static_cast<intptr_t>(tensors.size());
    return true;
  });
}

void ts_script_results_free(TSTensor *results) noexcept { std::free(results); }

static Module frozen(TSScript script) {
  Module copy = module(script).clone();
  copy.eval();
  return torch::jit::freeze(copy);
}

TSScript ts_script_frozen(TSScript script, TSError *error) noexcept {
  return guard(error, [&] { return own(frozen(script)); });
}

TSScript ts_script_optimized(TSScript script, TSError *error) noexcept {
  return guard(error, [&] {
    Module optimized = frozen(script);
    // The engine's own passes would wrap what remains into changes of the order of numbers in memory.
    if (accelerate(optimized)) return own(optimized);
    return own(torch::jit::optimize_for_inference(optimized));
  });
}

char *ts_script_operators(TSScript script, TSError *error) noexcept {
  return guard(error, [&] {
    std::string text;
    const auto graph = module(script).get_method("forward").graph();
    for (const auto *node : graph->nodes()) text += std::string(node->kind().toQualString()) + "\n";
    return copied(text);
  });
}

char *ts_script_names(TSScript script, TSError *error) noexcept {
  return guard(error, [&] {
    std::string text;
    for (const auto &entry : module(script).named_parameters(true)) text += entry.name + "\n";
    for (const auto &entry : module(script).named_buffers(true)) text += entry.name + "\n";
    return copied(text);
  });
}

void ts_script_text_free(char *text) noexcept { std::free(text); }

TSTensor ts_script_attribute(TSScript script, const char *name, TSError *error) noexcept {
  return guard(error, [&] {
    auto path = parts(name);
    Module current = module(script);
    for (size_t i = 0; i + 1 < path.size(); ++i) current = current.attr(path[i]).toModule();
    return wrap(current.attr(path.back()).toTensor());
  });
}

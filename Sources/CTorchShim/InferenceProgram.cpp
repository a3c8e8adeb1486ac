#include "InferenceProgram.hpp"

#include "FactorizedInference.hpp"
#include "FilteredInference.hpp"
#include "Guard.hpp"
#include "MatrixProducts.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>
#include <torch/library.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

namespace steerable {

namespace {

/// A convolution of images with constant filters.
struct ConstantConvolution {
  Value *images;
  at::Tensor filters;
  std::optional<at::Tensor> bias;
  std::vector<int64_t> stride, padding, dilation;
  int64_t groups;

  bool isUndivided() const { return groups == 1 && dilation == std::vector<int64_t>{1, 1}; }
  at::Tensor offsets() const {
    return bias ? bias->to(at::kFloat).contiguous() : at::zeros({filters.size(0)}, at::kFloat);
  }
};

std::optional<c10::IValue> constant(Node *node, const char *name) {
  return torch::jit::toIValue(node->namedInput(name));
}

/// Two numbers, of which the program may have written one.
std::optional<std::vector<int64_t>> pair(Node *node, const char *name) {
  const auto value = constant(node, name);
  if (!value || !value->isIntList()) return std::nullopt;
  std::vector<int64_t> numbers = value->toIntVector();
  if (numbers.size() == 1) numbers.push_back(numbers[0]);
  return numbers.size() == 2 ? std::optional(numbers) : std::nullopt;
}

bool isPlainConvolution(Node *node) {
  if (node->kind() == c10::Symbol::fromQualString("aten::conv2d")) return true;
  if (node->kind() != c10::Symbol::fromQualString("aten::_convolution")) return false;
  const auto transposed = constant(node, "transposed");
  return transposed && !transposed->toBool();
}

std::optional<ConstantConvolution> convolution(Node *node) {
  if (!isPlainConvolution(node)) return std::nullopt;
  const auto filters = constant(node, "weight"), bias = constant(node, "bias"), groups = constant(node, "groups");
  const auto stride = pair(node, "stride"), padding = pair(node, "padding"), dilation = pair(node, "dilation");
  if (!filters || !filters->isTensor() || !bias || !groups || !stride || !padding || !dilation) return std::nullopt;
  const at::Tensor values = filters->toTensor();
  if (values.dim() != 4 || !values.device().is_cpu()) return std::nullopt;
  return ConstantConvolution{
    node->namedInput("input"), values, bias->isNone() ? std::nullopt : std::optional(bias->toTensor()), *stride,
    *padding, *dilation, groups->toInt()};
}

/// The one operation that reads a result, where it is a ReLU.
Node *followingReLU(Node *node) {
  const auto &uses = node->output()->uses();
  if (uses.size() != 1) return nullptr;
  const auto kind = uses[0].user->kind();
  return kind == c10::aten::relu || kind == c10::aten::relu_ ? uses[0].user : nullptr;
}

/// A constant; tensors in an order of oneDNN's own have a kind of node of their own.
Value *inserted(Graph &graph, const c10::IValue &value) {
  if (!value.isTensor() || !value.toTensor().is_mkldnn()) return graph.insertConstant(value);
  Node *node = graph.create(c10::Symbol::fromQualString("prim::ConstantMKLDNNTensor"));
  node->t_(c10::attr::value, value.toTensor());
  return graph.insertNode(node)->output();
}

/// The one window `[k, k]` by which a convolution smooths each channel alone.
std::optional<at::Tensor> smoothingWindow(Node *node) {
  if (!isPlainConvolution(node)) return std::nullopt;
  Value *filters = node->namedInput("weight"), *groups = node->namedInput("groups");
  at::Tensor window;
  if (filters->node()->kind() == c10::aten::expand) {
    // Expanded to the number of channels, which the program asks for when it runs.
    const auto value = torch::jit::toIValue(filters->node()->input(0));
    Node *sizes = filters->node()->input(1)->node();
    if (!value || !value->isTensor() || sizes->kind() != c10::prim::ListConstruct) return std::nullopt;
    Node *channels = groups->node();
    if (channels->kind() != c10::aten::size || channels->input(0) != node->namedInput("input")) return std::nullopt;
    if (torch::jit::toIValue(channels->input(1)) != c10::IValue(1)) return std::nullopt;
    Node *count = sizes->input(0)->node();
    if (count->kind() != c10::aten::size || count->inputs() != channels->inputs()) return std::nullopt;
    window = value->toTensor();
  } else {
    const auto value = torch::jit::toIValue(filters), count = torch::jit::toIValue(groups);
    if (!value || !value->isTensor() || !count || value->toTensor().dim() != 4) return std::nullopt;
    const at::Tensor all = value->toTensor();
    if (all.size(0) != count->toInt() || all.size(0) == 0 || !all.eq(all.narrow(0, 0, 1)).all().item<bool>()) {
      return std::nullopt;
    }
    window = all.narrow(0, 0, 1);
  }
  const bool isOne =
    window.dim() == 4 && window.size(0) == 1 && window.size(1) == 1 && window.size(2) == window.size(3);
  return isOne && window.device().is_cpu() ? std::optional(window[0][0]) : std::nullopt;
}

/// The size and padding of a maximum that moves by single pixels; none when it is another.
std::optional<std::pair<int64_t, int64_t>> denseMaximum(Node *node) {
  if (node->kind() != c10::aten::max_pool2d) return std::nullopt;
  // Programs also ask for the number of channels, where they expand a window to it.
  const auto &uses = node->output()->uses();
  const auto readers = std::count_if(
    uses.begin(), uses.end(), [](const torch::jit::Use &use) { return use.user->kind() != c10::aten::size; });
  if (readers != 1) return std::nullopt;
  const auto size = pair(node, "kernel_size"), stride = pair(node, "stride"), padding = pair(node, "padding"),
             dilation = pair(node, "dilation");
  const std::vector<int64_t> ones{1, 1};
  if (!size || !padding || stride != ones || dilation != ones) return std::nullopt;
  if ((*size)[0] != (*size)[1] || (*padding)[0] != (*padding)[1]) return std::nullopt;
  return std::pair((*size)[0], (*padding)[0]);
}

/// Puts an operator with constants after its first input in the place of `last`, where its result is used.
void replace(Node *last, const char *name, Value *images, const std::vector<c10::IValue> &constants) {
  Graph &graph = *last->owningGraph();
  torch::jit::WithInsertPoint here(last);
  std::vector<Value *> inputs{images};
  for (const auto &value : constants) inputs.push_back(inserted(graph, value));
  Node *node = graph.insertNode(graph.create(c10::Symbol::fromQualString(name), inputs));
  last->output()->replaceAllUsesWith(node->output());
}

/// A convolution, with a ReLU that follows it, by few functions that its filters share.
bool factorize(const ConstantConvolution &convolution, Node *last, bool isRectified) {
  if (!convolution.isUndivided()) return false;
  const auto constants = factorizedConstants(convolution.filters);
  if (!constants) return false;
  replace(
    last, "steerable::factorized_convolution", convolution.images,
    {constants->coefficients, convolution.offsets(), constants->quadrants, constants->counts,
     convolution.filters.size(1), convolution.filters.size(2), convolution.stride, convolution.padding, isRectified});
  return true;
}

/// A convolution with 3 × 3 pixels by minimal filtering.
bool filter(const ConstantConvolution &convolution, Node *last, bool isRectified) {
  if (!convolution.isUndivided() || convolution.stride != std::vector<int64_t>{1, 1}) return false;
  const auto coefficients = filteredConstants(convolution.filters);
  if (!coefficients) return false;
  replace(
    last, "steerable::filtered_convolution", convolution.images,
    {*coefficients, convolution.offsets(), convolution.filters.size(1), convolution.padding, isRectified});
  return true;
}

/// The plain convolution by oneDNN, with filters in the order that it wants and a ReLU at once.
bool prepack(const ConstantConvolution &convolution, Node *last, bool isRectified) {
  if (!multipliesBlocks(convolution.filters.scalar_type())) return false;
  auto &dispatcher = c10::Dispatcher::singleton();
  const auto reorder = dispatcher.findSchema({"mkldnn::_reorder_convolution_weight", ""});
  if (!reorder || !dispatcher.findSchema({"mkldnn::_convolution_pointwise", ""})) return false;
  torch::jit::Stack stack{
    convolution.filters, convolution.padding, convolution.stride, convolution.dilation, convolution.groups,
    c10::IValue()};
  reorder->callBoxed(&stack);
  replace(
    last, "mkldnn::_convolution_pointwise", convolution.images,
    {stack[0], convolution.bias ? c10::IValue(*convolution.bias) : c10::IValue(), convolution.padding,
     convolution.stride, convolution.dilation, convolution.groups, isRectified ? "relu" : "none",
     c10::List<std::optional<at::Scalar>>(), std::string()});
  return true;
}

/// A smoothing of each channel, with the maximum before it, in one go over the image.
bool smooth(Node *node) {
  const auto window = smoothingWindow(node);
  const auto stride = pair(node, "stride"), padding = pair(node, "padding"), dilation = pair(node, "dilation");
  const auto bias = constant(node, "bias");
  const std::vector<int64_t> ones{1, 1};
  if (!window || !bias || !bias->isNone() || !stride || !padding || dilation != ones) return false;
  const auto type = window->scalar_type();
  if ((*stride)[0] != (*stride)[1] || (type != at::kFloat && type != at::kBFloat16)) return false;
  Value *images = node->namedInput("input");
  const auto maximum = denseMaximum(images->node());
  const at::Tensor weights = window->to(at::kDouble).contiguous();
  const double *first = weights.const_data_ptr<double>();
  const auto [size, border] = maximum.value_or(std::pair<int64_t, int64_t>(1, 0));
  replace(
    node, "steerable::smoothed_max_pool", maximum ? images->node()->input(0) : images,
    {size, border, std::vector<double>(first, first + weights.numel()), weights.size(0), (*stride)[0], *padding});
  return true;
}

bool accelerate(torch::jit::Block *block) {
  bool isChanged = false;
  for (auto it = block->nodes().begin(); it != block->nodes().end(); ++it) {
    Node *node = *it;
    for (torch::jit::Block *inner : node->blocks()) isChanged |= accelerate(inner);
    if (!isPlainConvolution(node)) continue;
    if (smooth(node)) {
      isChanged = true;
    } else if (const auto found = convolution(node)) {
      Node *relu = followingReLU(node);
      Node *last = relu ? relu : node;
      isChanged |= factorize(*found, last, relu) || filter(*found, last, relu) || prepack(*found, last, relu);
    }
  }
  return isChanged;
}

bool isAccelerated(const torch::jit::Block *block) {
  return std::any_of(block->nodes().begin(), block->nodes().end(), [](const Node *node) {
    const std::string space = node->kind().ns().toUnqualString();
    return space == "steerable" || space == "mkldnn" || std::ranges::any_of(node->blocks(), [](const auto *inner) {
      return isAccelerated(inner);
    });
  });
}

}  // namespace

bool accelerate(torch::jit::Module &frozen) {
  const auto graph = frozen.get_method("forward").graph();
  const bool isChanged = accelerate(graph->block());
  torch::jit::EliminateDeadCode(graph);
  return isChanged;
}

bool isAccelerated(const torch::jit::Module &module) {
  const auto method = module.find_method("forward");
  return method && isAccelerated(method->graph()->block());
}

}  // namespace steerable

#include "Random.hpp"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <set>
#include <sstream>
#include <string>

using namespace steerable;

namespace {

size_t distance(const std::string &a, const std::string &b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = above;
    }
  }
  return row[b.size()];
}

/// What to say about an operator that is not there.
std::string suggestion(const std::string &name, const std::string &overload) {
  std::set<std::string> overloads;
  std::string nearest;
  size_t best = std::max<size_t>(2, name.size() / 4) + 1;
  for (const auto &known : c10::Dispatcher::singleton().getAllOpNames()) {
    if (known.name == name) {
      overloads.insert(known.overload_name.empty() ? "\"\"" : known.overload_name);
    } else if (known.name.size() < name.size() + best && name.size() < known.name.size() + best) {
      if (auto d = distance(known.name, name); d < best) {
        best = d;
        nearest = known.name;
      }
    }
  }
  std::ostringstream text;
  if (!overloads.empty()) {
    text << "there is no overload \"" << overload << "\"; it has ";
    const char *separator = "";
    for (const auto &known : overloads) {
      text << separator << known;
      separator = ", ";
    }
  } else {
    text << "there is no such operator";
    if (name.find("::") == std::string::npos) {
      text << "; names look like aten::add";
    } else if (!nearest.empty()) {
      text << "; did you mean " << nearest << "?";
    }
  }
  return text.str();
}

const char *kindName(TSValueKind kind) {
  switch (kind) {
    case TSValueKindNone: return "none";
    case TSValueKindTensor: return "tensor";
    case TSValueKindDouble: return "double";
    case TSValueKindInt: return "int";
    case TSValueKindBool: return "bool";
    case TSValueKindIntList: return "intList";
    case TSValueKindDoubleList: return "doubleList";
    case TSValueKindBoolList: return "boolList";
    case TSValueKindTensorList: return "tensorList";
    case TSValueKindString: return "string";
    case TSValueKindDevice: return "device";
    case TSValueKindGenerator: return "generator";
    case TSValueKindComplex: return "complex";
  }
  return "unknown";
}

template <typename T>
T *address(const TSValue &value) {
  return reinterpret_cast<T *>(static_cast<uintptr_t>(value.payload));
}

int64_t integer(const TSValue &value) { return std::bit_cast<int64_t>(value.payload); }
double number(const TSValue &value) {
  return value.kind == TSValueKindInt ? static_cast<double>(integer(value)) : std::bit_cast<double>(value.payload);
}
bool isNumber(const TSValue &value) { return value.kind == TSValueKindDouble || value.kind == TSValueKindInt; }

c10::IValue listValue(const TSValue &value, const c10::Type &element, bool &matches);

/// The argument as the schema's type wants it; `matches` becomes false where the kinds do not go together.
c10::IValue convert(const TSValue &value, const c10::Type &type, bool &matches) {
  using Kind = c10::TypeKind;
  switch (type.kind()) {
    case Kind::OptionalType:
      if (value.kind == TSValueKindNone) return {};
      return convert(value, *type.castRaw<c10::OptionalType>()->getElementType(), matches);
    case Kind::TensorType:
      if (value.kind == TSValueKindTensor) return retained(address<TSOpaqueTensor>(value));
      if (value.kind == TSValueKindNone) return at::Tensor();
      break;
    case Kind::FloatType:
      if (isNumber(value)) return number(value);
      break;
    case Kind::IntType:
    case Kind::SymIntType:
    case Kind::ScalarTypeType:
    case Kind::LayoutType:
    case Kind::MemoryFormatType:
      if (value.kind == TSValueKindInt) return integer(value);
      break;
    case Kind::BoolType:
      if (value.kind == TSValueKindBool) return value.payload != 0;
      break;
    case Kind::NumberType:
      if (value.kind == TSValueKindInt) return integer(value);
      if (value.kind == TSValueKindDouble) return number(value);
      if (value.kind == TSValueKindBool) return value.payload != 0;
      if (value.kind == TSValueKindComplex) {
        return c10::complex<double>(address<double>(value)[0], address<double>(value)[1]);
      }
      break;
    case Kind::StringType:
      if (value.kind == TSValueKindString) return std::string(address<char>(value), value.count);
      break;
    case Kind::DeviceObjType:
      if (value.kind == TSValueKindDevice) {
        return device({static_cast<int8_t>(integer(value) >> 8), static_cast<int8_t>(integer(value) & 0xFF)});
      }
      break;
    case Kind::GeneratorType:
      if (value.kind == TSValueKindGenerator) return generator(address<TSOpaqueGenerator>(value));
      break;
    case Kind::ListType:
      return listValue(value, *type.castRaw<c10::ListType>()->getElementType(), matches);
    default:
      break;
  }
  matches = false;
  return {};
}

c10::IValue listValue(const TSValue &value, const c10::Type &element, bool &matches) {
  using Kind = c10::TypeKind;
  switch (element.kind()) {
    case Kind::IntType:
    case Kind::SymIntType:
      if (value.kind == TSValueKindIntList) {
        c10::List<int64_t> list;
        list.reserve(value.count);
        for (intptr_t i = 0; i < value.count; ++i) list.push_back(address<int64_t>(value)[i]);
        return list;
      }
      if (value.kind == TSValueKindInt) return c10::List<int64_t>({integer(value)});
      break;
    case Kind::FloatType: {
      c10::List<double> list;
      if (value.kind == TSValueKindDoubleList) {
        for (intptr_t i = 0; i < value.count; ++i) list.push_back(address<double>(value)[i]);
        return list;
      }
      if (value.kind == TSValueKindIntList) {
        for (intptr_t i = 0; i < value.count; ++i) list.push_back(double(address<int64_t>(value)[i]));
        return list;
      }
      break;
    }
    case Kind::NumberType: {
      c10::impl::GenericList list(c10::NumberType::get());
      if (value.kind == TSValueKindDoubleList) {
        for (intptr_t i = 0; i < value.count; ++i) list.push_back(c10::IValue(address<double>(value)[i]));
        return list;
      }
      if (value.kind == TSValueKindIntList) {
        for (intptr_t i = 0; i < value.count; ++i) list.push_back(c10::IValue(address<int64_t>(value)[i]));
        return list;
      }
      break;
    }
    case Kind::BoolType:
      if (value.kind == TSValueKindBoolList) {
        c10::List<bool> list;
        for (intptr_t i = 0; i < value.count; ++i) list.push_back(address<int64_t>(value)[i] != 0);
        return list;
      }
      break;
    case Kind::TensorType:
      // An empty list of any kind is an empty list of tensors too.
      if (value.kind == TSValueKindTensorList || (value.kind == TSValueKindIntList && value.count == 0)) {
        c10::List<at::Tensor> list;
        list.reserve(value.count);
        for (intptr_t i = 0; i < value.count; ++i) {
          auto handle = address<TSTensor>(value)[i];
          TORCH_CHECK_TYPE(handle != nullptr, "element ", i, " of a list of tensors is absent");
          list.push_back(retained(handle));
        }
        return list;
      }
      break;
    case Kind::OptionalType:
      if (value.kind == TSValueKindTensorList
          && element.castRaw<c10::OptionalType>()->getElementType()->kind() == Kind::TensorType) {
        c10::List<std::optional<at::Tensor>> list;
        list.reserve(value.count);
        for (intptr_t i = 0; i < value.count; ++i) list.push_back(optional(address<TSTensor>(value)[i]));
        return list;
      }
      break;
    default:
      break;
  }
  matches = false;
  return {};
}

void *allocate(size_t size) {
  void *memory = std::malloc(std::max<size_t>(size, 1));
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

TSValue value(TSValueKind kind, uint64_t payload) { return {kind, 0, payload}; }
TSValue value(TSValueKind kind, const void *memory, size_t count) {
  return {kind, static_cast<intptr_t>(count), reinterpret_cast<uintptr_t>(memory)};
}

/// A result as the caller reads it.
TSValue give(const c10::IValue &result) {
  if (result.isTensor()) {
    const auto &tensor = result.toTensor();
    if (!tensor.defined()) return value(TSValueKindNone, 0);
    return value(TSValueKindTensor, reinterpret_cast<uintptr_t>(wrap(tensor)));
  }
  if (result.isNone()) return value(TSValueKindNone, 0);
  if (result.isDouble()) return value(TSValueKindDouble, std::bit_cast<uint64_t>(result.toDouble()));
  if (result.isInt()) return value(TSValueKindInt, std::bit_cast<uint64_t>(result.toInt()));
  if (result.isBool()) return value(TSValueKindBool, result.toBool());
  if (result.isComplexDouble()) {
    auto memory = static_cast<double *>(allocate(2 * sizeof(double)));
    memory[0] = result.toComplexDouble().real();
    memory[1] = result.toComplexDouble().imag();
    return value(TSValueKindComplex, memory, 2);
  }
  if (result.isString()) {
    const auto &text = result.toStringRef();
    auto memory = allocate(text.size());
    std::memcpy(memory, text.data(), text.size());
    return value(TSValueKindString, memory, text.size());
  }
  if (result.isDevice()) {
    auto device = result.toDevice();
    return value(
      TSValueKindDevice, (static_cast<uint64_t>(static_cast<uint8_t>(device.type())) << 8) | uint8_t(device.index()));
  }
  if (result.isTensorList()) {
    auto list = result.toTensorVector();
    auto memory = static_cast<TSTensor *>(allocate(list.size() * sizeof(TSTensor)));
    for (size_t i = 0; i < list.size(); ++i) memory[i] = list[i].defined() ? wrap(list[i]) : nullptr;
    return value(TSValueKindTensorList, memory, list.size());
  }
  if (result.isIntList()) {
    auto list = result.toIntVector();
    auto memory = allocate(list.size() * sizeof(int64_t));
    std::memcpy(memory, list.data(), list.size() * sizeof(int64_t));
    return value(TSValueKindIntList, memory, list.size());
  }
  if (result.isDoubleList()) {
    auto list = result.toDoubleVector();
    auto memory = allocate(list.size() * sizeof(double));
    std::memcpy(memory, list.data(), list.size() * sizeof(double));
    return value(TSValueKindDoubleList, memory, list.size());
  }
  TORCH_CHECK_NOT_IMPLEMENTED(false, "a result of type ", result.tagKind(), " has no counterpart here");
}

/// Frees the list or the text of a result, not its tensors.
void freeMemory(const TSValue &value) noexcept {
  switch (value.kind) {
    case TSValueKindIntList:
    case TSValueKindDoubleList:
    case TSValueKindTensorList:
    case TSValueKindString:
    case TSValueKindComplex:
      std::free(address<void>(value));
      break;
    default:
      break;
  }
}

/// Frees a result that nobody receives.
void discard(const TSValue &value) noexcept {
  if (value.kind == TSValueKindTensor) ts_release(address<TSOpaqueTensor>(value));
  if (value.kind == TSValueKindTensorList) {
    for (intptr_t i = 0; i < value.count; ++i) {
      if (auto tensor = address<TSTensor>(value)[i]; tensor != nullptr) ts_release(tensor);
    }
  }
  freeMemory(value);
}

std::string argumentNames(const c10::FunctionSchema &schema) {
  std::string text;
  for (const auto &argument : schema.arguments()) text += (text.empty() ? "" : ", ") + argument.name();
  return text;
}

/// Puts the arguments on the stack in the schema's order, absent ones by their defaults.
void push(
  c10::Stack &stack, const c10::FunctionSchema &schema, const TSValue *arguments, const char *const *names,
  intptr_t count) {
  const auto &wanted = schema.arguments();
  constexpr size_t capacity = 64;
  const TSValue *given[capacity] = {};
  TORCH_CHECK_NOT_IMPLEMENTED(wanted.size() <= capacity, "more than ", capacity, " arguments");
  for (intptr_t i = 0; i < count; ++i) {
    const char *name = names == nullptr ? nullptr : names[i];
    size_t place = i;
    if (name != nullptr) {
      auto match = schema.argumentIndexWithName(name);
      TORCH_CHECK_TYPE(
        match.has_value(), "there is no argument \"", name, "\"; the arguments are ", argumentNames(schema));
      place = *match;
    }
    TORCH_CHECK_TYPE(
      place < wanted.size(), "expected at most ", wanted.size(), " arguments (", argumentNames(schema), "), got ",
      count);
    TORCH_CHECK_TYPE(given[place] == nullptr, "argument \"", wanted[place].name(), "\" is given twice");
    given[place] = &arguments[i];
  }
  for (size_t i = 0; i < wanted.size(); ++i) {
    const auto &argument = wanted[i];
    if (given[i] == nullptr) {
      TORCH_CHECK_TYPE(
        argument.default_value().has_value(), "argument \"", argument.name(), "\" (", argument.type()->str(),
        ") is missing");
      stack.push_back(*argument.default_value());
      continue;
    }
    // One number stands for a list of a fixed length, as in `int[2] stride`.
    if (argument.N().has_value() && given[i]->kind == TSValueKindInt) {
      stack.emplace_back(c10::List<int64_t>(std::vector<int64_t>(*argument.N(), integer(*given[i]))));
      continue;
    }
    bool matches = true;
    stack.push_back(convert(*given[i], *argument.type(), matches));
    TORCH_CHECK_TYPE(
      matches, "argument \"", argument.name(), "\" is of type ", argument.type()->str(), ", got ",
      kindName(given[i]->kind));
  }
}

}  // namespace

TSOperator ts_find_operator(const char *name, const char *overload, TSError *error) noexcept {
  return guard(error, [&] {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!found.has_value()) {
      auto text = suggestion(name, overload);
      TORCH_CHECK_NOT_IMPLEMENTED(false, text);
    }
    // Kept for the life of the process, as the operator itself is.
    return reinterpret_cast<TSOperator>(new c10::OperatorHandle(*found));
  });
}

static const c10::OperatorHandle &handle(TSOperator operation) {
  return *reinterpret_cast<const c10::OperatorHandle *>(operation);
}

char *ts_operator_schema(TSOperator operation, TSError *error) noexcept {
  return guard(error, [&] {
    std::ostringstream text;
    text << handle(operation).schema();
    auto string = text.str();
    auto memory = static_cast<char *>(allocate(string.size() + 1));
    std::memcpy(memory, string.c_str(), string.size() + 1);
    return memory;
  });
}

bool ts_call(
  TSOperator operation, const TSValue *arguments, const char *const *names, intptr_t count, TSValue **results,
  intptr_t *resultCount, TSError *error) noexcept {
  *results = nullptr;
  *resultCount = 0;
  return guard(error, [&] {
    const auto &wanted = handle(operation);
    c10::Stack stack;
    stack.reserve(std::max(wanted.schema().arguments().size(), wanted.schema().returns().size()));
    push(stack, wanted.schema(), arguments, names, count);
    wanted.callBoxed(stack);
    std::vector<TSValue> values;
    values.reserve(stack.size());
    try {
      for (const auto &result : stack) values.push_back(give(result));
      auto memory = allocate(values.size() * sizeof(TSValue));
      std::memcpy(memory, values.data(), values.size() * sizeof(TSValue));
      *results = static_cast<TSValue *>(memory);
    } catch (...) {
      for (const auto &value : values) discard(value);
      throw;
    }
    *resultCount = static_cast<intptr_t>(stack.size());
    return true;
  });
}

void ts_values_free(TSValue *values, intptr_t count) noexcept {
  for (intptr_t i = 0; i < count; ++i) freeMemory(values[i]);
  std::free(values);
}

void ts_text_free(char *text) noexcept { std::free(text); }

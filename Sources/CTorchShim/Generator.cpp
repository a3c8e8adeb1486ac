#include "Random.hpp"

#include <ATen/ops/empty.h>

#include <cstring>

using namespace steerable;

static TSGenerator give(c10::intrusive_ptr<at::CPUGeneratorImpl> implementation) {
  return reinterpret_cast<TSGenerator>(implementation.release());
}

static void setWords(at::CPUGeneratorImpl &generator, const uint32_t *words) {
  at::mt19937 engine(0);
  auto data = engine.data();
  std::memcpy(data.state_.data(), words, sizeof(data.state_));
  // All zeros would be a fixed point.
  data.state_[0] |= 0x80000000u;
  data.left_ = 1;
  data.next_ = 0;
  data.seeded_ = true;
  engine.set_data(data);
  generator.set_engine(engine);
  generator.set_next_float_normal_sample(std::nullopt);
  generator.set_next_double_normal_sample(std::nullopt);
}

TSGenerator ts_generator(uint64_t seed, TSError *error) noexcept {
  return guard(error, [&] {
    auto generator = c10::make_intrusive<at::CPUGeneratorImpl>(seed);
    if (seed > UINT32_MAX) {
      // mt19937 itself reads 32 bits of the seed; SplitMix64 spreads all 64 over the state.
      uint32_t words[at::MERSENNE_STATE_N];
      uint64_t state = seed;
      for (auto &word : words) {
        uint64_t z = (state += 0x9E3779B97F4A7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        word = static_cast<uint32_t>((z ^ (z >> 31)) >> 32);
      }
      setWords(*generator, words);
    }
    return give(std::move(generator));
  });
}

TSGenerator ts_generator_copy(TSGenerator generator, TSError *error) noexcept {
  return guard(error, [&] {
    auto source = implementation(generator);
    auto copy = c10::make_intrusive<at::CPUGeneratorImpl>(source->current_seed());
    copy->set_engine(source->engine());
    copy->set_next_float_normal_sample(source->next_float_normal_sample());
    copy->set_next_double_normal_sample(source->next_double_normal_sample());
    return give(std::move(copy));
  });
}

void ts_generator_release(TSGenerator generator) noexcept {
  c10::raw::intrusive_ptr::decref(static_cast<c10::GeneratorImpl *>(implementation(generator)));
}

uint64_t ts_generator_next(TSGenerator generator) noexcept { return implementation(generator)->random64(); }

bool ts_generator_set_words(TSGenerator generator, const uint32_t *words, TSError *error) noexcept {
  return guard(error, [&] {
    setWords(*implementation(generator), words);
    return true;
  });
}

intptr_t ts_generator_state_size(void) noexcept {
  static const intptr_t size = [] {
    TSError ignored{};
    auto count = guard(&ignored, []() -> intptr_t {
      return c10::make_intrusive<at::CPUGeneratorImpl>(0)->get_state()->numel();
    });
    ts_error_free(&ignored);
    return count;
  }();
  return size;
}

bool ts_generator_state(TSGenerator generator, void *bytes, intptr_t count, TSError *error) noexcept {
  return guard(error, [&] {
    auto state = at::Tensor(implementation(generator)->get_state());
    TORCH_CHECK(state.numel() == count, "a state has ", state.numel(), " bytes, got ", count);
    std::memcpy(bytes, state.const_data_ptr(), count);
    return true;
  });
}

bool ts_generator_set_state(TSGenerator generator, const void *bytes, intptr_t count, TSError *error) noexcept {
  return guard(error, [&] {
    auto state = at::empty({count}, at::kByte);
    std::memcpy(state.mutable_data_ptr(), bytes, count);
    implementation(generator)->set_state(*state.unsafeGetTensorImpl());
    return true;
  });
}

import Layers
import OrderedCollections
import Tensors

/// The tensors that an optimizer keeps for each parameter, with value semantics: a copy gets memory of its own when
/// either side makes a step.
struct Slots {
  /// What is kept for one parameter.
  struct Slot {
    var steps = 0
    var tensors: [String: Tensor] = [:]
  }

  private final class Storage {
    var slots: OrderedDictionary<String, Slot>
    init(_ slots: OrderedDictionary<String, Slot> = [:]) { self.slots = slots }
  }

  private var storage = Storage()

  subscript(key: String) -> Slot {
    get { storage.slots[key] ?? Slot() }
    set { storage.slots[key] = newValue }
  }

  var all: OrderedDictionary<String, Slot> { storage.slots }

  /// What one step updates: the parameters with gradients, in parts that one call can change together.
  ///
  /// The slots are this value's own afterwards, ready to be changed in place.
  mutating func batches(of groups: [ParameterGroup]) -> [(batch: UpdateBatch, group: ParameterGroup)] {
    makeUnique()
    return groups.flatMap { group in UpdateBatch.batches(of: group, slots: self).map { ($0, group) } }
  }

  /// The tensors of one name of all parameters of a batch.
  mutating func tensors(_ name: String, of batch: UpdateBatch) -> [Tensor] {
    var result: [Tensor] = []
    for (key, value) in zip(batch.keys, batch.values) { result.append(tensor(name, of: key, like: value)) }
    return result
  }

  /// Copies the tensors when another value shares them.
  private mutating func makeUnique() {
    guard !isKnownUniquelyReferenced(&storage) else { return }
    storage = Storage(
      storage.slots.mapValues { Slot(steps: $0.steps, tensors: $0.tensors.mapValues { $0.clone() }) })
  }

  /// The tensor of a slot, moved to where the parameter is and made where it is absent.
  private mutating func tensor(_ name: String, of key: String, like value: Tensor) -> Tensor {
    if let kept = storage.slots[key]?.tensors[name] {
      if kept.dtype == value.dtype, kept.device == value.device, kept.strides == value.strides { return kept }
      let moved = value.emptyCopy()
      moved.copyInPlace(from: kept)
      storage.slots[key]?.tensors[name] = moved
      return moved
    }
    let fresh = value.emptyCopy()
    storage.slots[key, default: Slot()].tensors[name] = fresh
    return fresh
  }

  /// The slots as keyed tensors and numbers, in the order of the parameters.
  func exported(_ parameters: [NamedParameter], names: [String], learningRate: Double) -> OptimizerState {
    var state = OptimizerState(scalars: ["learning_rate": learningRate])
    for named in parameters {
      guard let slot = storage.slots[named.key] else { continue }
      state.scalars[named.key + ".step"] = Double(slot.steps)
      for name in names {
        if let tensor = slot.tensors[name] { state.tensors["\(named.key).\(name)"] = tensor.clone() }
      }
    }
    return state
  }

  /// Slots and learning rate read from a state, after checks.
  static func imported(
    _ state: OptimizerState, _ parameters: [NamedParameter], required: [String]
  ) throws(StateDictError) -> (slots: Slots, learningRate: Double) {
    var problems: [StateDictError.Problem] = []
    var known: Set<String> = ["learning_rate"]
    var slots: OrderedDictionary<String, Slot> = [:]
    let rate = state.scalars["learning_rate"]
    if rate == nil { problems.append(.missing(key: "learning_rate", suggestion: nil)) }
    for named in parameters {
      let stepKey = named.key + ".step"
      known.insert(stepKey)
      for name in required { known.insert("\(named.key).\(name)") }
      guard let steps = state.scalars[stepKey] else { continue }
      guard steps >= 0, let count = Int(exactly: steps) else {
        problems.append(.invalid(key: stepKey, reason: "is \(steps), expected a number of steps"))
        continue
      }
      var slot = Slot(steps: count)
      let value = named.parameter.value
      for name in required {
        let key = "\(named.key).\(name)"
        guard let tensor = state.tensors[key] else {
          if count > 0 { problems.append(.missing(key: key, suggestion: nil)) }
          continue
        }
        if tensor.shape != value.shape {
          problems.append(.shape(key: key, expected: value.shape, found: tensor.shape))
        } else if tensor.dtype != value.dtype {
          problems.append(.dtype(key: key, expected: value.dtype, found: tensor.dtype))
        } else {
          let copy = value.emptyCopy()
          copy.copyInPlace(from: tensor)
          slot.tensors[name] = copy
        }
      }
      slots[named.key] = slot
    }
    for key in Array(state.tensors.keys) + state.scalars.keys.sorted() where !known.contains(key) {
      problems.append(.unexpected(key: key, suggestion: nearestKey(to: key, among: known.sorted())))
    }
    guard problems.isEmpty, let rate else { throw StateDictError(problems) }
    var result = Slots()
    result.storage = Storage(slots)
    return (result, rate)
  }
}

extension Tensor {
  /// Zeros of the same shape, type, device and layout in memory.
  func emptyCopy() -> Tensor { Foreach.zerosLike(self) }
}

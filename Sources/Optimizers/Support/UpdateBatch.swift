import Layers
import Tensors

/// Parameters of one group that one call can update together.
struct UpdateBatch {
  let keys: [String]
  let parameters: [Parameter]
  let values: [Tensor]
  let gradients: [Tensor]
  /// How many steps these parameters made before.
  let steps: Int
  /// Whether the memory of all tensors can be walked in step, as fused operations need.
  let isDense: Bool

  private struct Key: Hashable {
    let placement: Placement
    let steps: Int
    let isDense: Bool
  }

  /// The parameters of a group that have gradients, split by type, device, number of steps and layout.
  static func batches(of group: ParameterGroup, slots: Slots) -> [UpdateBatch] {
    let active = group.parameters.filter { $0.parameter.requiresGradient && $0.parameter.grad != nil }
    let parts = buckets(of: active) { named in
      let value = named.parameter.value
      return Key(
        placement: Placement(value), steps: slots[named.key].steps,
        isDense: value.isContiguous() || (value.rank == 4 && value.isContiguous(.channelsLast)))
    }
    return parts.map { key, indices in
      let members = indices.map { active[$0] }
      let values = members.map { $0.parameter.value.detach() }
      let gradients = zip(members, values).compactMap { named, value -> Tensor? in
        guard let gradient = named.parameter.grad?.detach() else { return nil }
        guard key.isDense, gradient.strides != value.strides || gradient.dtype != value.dtype else { return gradient }
        let arranged = value.emptyCopy()
        arranged.copyInPlace(from: gradient)
        return arranged
      }
      return UpdateBatch(
        keys: members.map(\.key), parameters: members.map(\.parameter), values: values, gradients: gradients,
        steps: key.steps, isDense: key.isDense)
    }
  }

  /// Records one more step of these parameters.
  func finish(_ slots: inout Slots) {
    for key in keys { slots[key].steps = steps + 1 }
    for parameter in parameters { parameter.noteChange() }
  }
}

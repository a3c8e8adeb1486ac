import Layers
import OrderedCollections
import Tensors

/// Operations on lists of tensors of one type and device, each one call of the engine.
enum Foreach {
  static func multiply(inPlace list: [Tensor], by factor: Double) {
    call("_foreach_mul_", "Scalar", [.tensorList(list), .double(factor)])
  }

  static func add(inPlace list: [Tensor], _ value: Double) {
    call("_foreach_add_", "Scalar", [.tensorList(list), .double(value)])
  }

  static func add(inPlace list: [Tensor], _ other: [Tensor], factor: Double) {
    call("_foreach_add_", "List", [.tensorList(list), .tensorList(other), .double(factor)])
  }

  static func sum(_ list: [Tensor], _ other: [Tensor], factor: Double) -> [Tensor] {
    listed(call("_foreach_add", "List", [.tensorList(list), .tensorList(other), .double(factor)]))
  }

  static func copy(_ list: [Tensor], into targets: [Tensor]) {
    call("_foreach_copy_", "", [.tensorList(targets), .tensorList(list), .bool(false)])
  }

  static func interpolate(inPlace list: [Tensor], towards other: [Tensor], weight: Double) {
    call("_foreach_lerp_", "Scalar", [.tensorList(list), .tensorList(other), .double(weight)])
  }

  static func addProduct(inPlace list: [Tensor], _ first: [Tensor], _ second: [Tensor], factor: Double) {
    call("_foreach_addcmul_", "Scalar", [.tensorList(list), .tensorList(first), .tensorList(second), .double(factor)])
  }

  static func addQuotient(inPlace list: [Tensor], _ first: [Tensor], _ second: [Tensor], factor: Double) {
    call("_foreach_addcdiv_", "Scalar", [.tensorList(list), .tensorList(first), .tensorList(second), .double(factor)])
  }

  static func maximum(inPlace list: [Tensor], _ other: [Tensor]) {
    call("_foreach_maximum_", "List", [.tensorList(list), .tensorList(other)])
  }

  static func clamp(inPlace list: [Tensor], _ low: Double, _ high: Double) {
    for (_, indices) in buckets(of: list, by: { Placement($0) }) {
      let part = indices.map { list[$0] }
      call("_foreach_clamp_min_", "Scalar", [.tensorList(part), .double(low)])
      call("_foreach_clamp_max_", "Scalar", [.tensorList(part), .double(high)])
    }
  }

  static func squareRoot(_ list: [Tensor]) -> [Tensor] { listed(call("_foreach_sqrt", "", [.tensorList(list)])) }

  static func norm(_ list: [Tensor]) -> [Tensor] {
    listed(call("_foreach_norm", "Scalar", [.tensorList(list), .double(2), .none]))
  }

  /// Zeros of the same shape, type, device and layout in memory.
  static func zerosLike(_ tensor: Tensor) -> Tensor {
    let results = call("zeros_like", "", [.tensor(tensor)])
    guard let zeros = results.first?.tensor else { Torch.fail(op: "zeros_like", "the result is not a tensor") }
    return zeros
  }

  static func fusedSGD(
    _ values: [Tensor], _ gradients: [Tensor], _ velocities: [Tensor], weightDecay: Double, momentum: Double,
    learningRate: Double, dampening: Double, isNesterov: Bool, isFirstStep: Bool
  ) {
    call(
      "_fused_sgd_", "",
      [
        .tensorList(values), .tensorList(gradients), .tensorList(velocities), .double(weightDecay), .double(momentum),
        .double(learningRate), .double(dampening), .bool(isNesterov), .bool(false), .bool(isFirstStep), .none, .none,
      ])
  }

  static func fusedAdam(
    _ values: [Tensor], _ gradients: [Tensor], _ averages: [Tensor], _ squares: [Tensor], _ maxima: [Tensor],
    step: Int, learningRate: Double, betas: (Double, Double), weightDecay: Double, epsilon: Double, isDecoupled: Bool
  ) {
    guard let first = values.first else { return }
    let steps = Tensor.full([], Double(step), dtype: .float32, device: first.device)
    call(
      isDecoupled ? "_fused_adamw_" : "_fused_adam_", "",
      [
        .tensorList(values), .tensorList(gradients), .tensorList(averages), .tensorList(squares), .tensorList(maxima),
        .tensorList(values.map { _ in steps }), .double(learningRate), .double(betas.0), .double(betas.1),
        .double(weightDecay), .double(epsilon), .bool(!maxima.isEmpty), .bool(false), .none, .none,
      ])
  }

  @discardableResult
  private static func call(_ name: String, _ overload: String, _ arguments: [Torch.Value]) -> [Torch.Value] {
    if case .tensorList(let tensors)? = arguments.first, tensors.isEmpty { return [.tensorList([])] }
    return Torch.call("aten::" + name, overload: overload, arguments)
  }

  private static func listed(_ results: [Torch.Value]) -> [Tensor] {
    guard let tensors = results.first?.tensors else { Torch.fail(op: "foreach", "the result is not a list of tensors") }
    return tensors
  }
}

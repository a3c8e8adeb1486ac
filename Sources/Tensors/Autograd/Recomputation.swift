internal import CTorchShim

/// The value of `body`, whose intermediate results are not kept: the backward pass computes them again.
///
/// Memory for what lies between inputs and value is taken for the length of one call, in the forward and again in the
/// backward pass, at the price of a second forward computation. Recomputations may be nested. The backward pass calls
/// `body` in the autocast mode in which it ran first.
///
/// `body` gets the inputs, detached, and must find its gradients through them: what else it uses and is to be trained
/// stands in `parameters`. It must give the same value both times, so it draws no random numbers (draw them before, and
/// hand them in) and changes no state (such as running statistics). Without gradients it is simply called.
///
/// **Traps**: in the backward pass, when an input or parameter was changed in place since, when the graph was freed by an
/// earlier pass, or when a second derivative is asked for.
///
/// **Reference**: Chen et al. (2016), "Training deep nets with sublinear memory cost".
public func recomputed(
  _ inputs: [Tensor], parameters: [Tensor] = [], _ body: @escaping ([Tensor]) -> Tensor
) -> Tensor {
  Torch.start()
  var error = TSError()
  let pointer = withExtendedLifetime((inputs, parameters)) {
    ts_recompute(
      inputs.map(\.pointer), inputs.count, parameters.map(\.pointer), parameters.count, callBody,
      Unmanaged.passRetained(RecomputationBody(body)).toOpaque(), releaseBody, &error)
  }
  guard let pointer else { Torch.fail(TorchError(&error, "recomputed", inputs)) }
  return Tensor(owned: pointer)
}

/// A closure that the engine's graph holds.
private final class RecomputationBody {
  let compute: ([Tensor]) -> Tensor

  init(_ compute: @escaping ([Tensor]) -> Tensor) { self.compute = compute }
}

private let callBody: TSRecomputationBody = { context, inputs, count in
  let body = Unmanaged<RecomputationBody>.fromOpaque(context).takeUnretainedValue()
  let tensors = (0..<count).compactMap { inputs[$0].map { Tensor(owned: $0) } }
  let value = body.compute(tensors)
  return withExtendedLifetime(value.handle) {
    ts_retain(value.pointer)
    return value.pointer
  }
}

private let releaseBody: TSRecomputationRelease = { context in
  Unmanaged<RecomputationBody>.fromOpaque(context).release()
}

package import Tensors

/// Runs `body` in full precision even within an autocast scope.
package func withoutAutocast(on device: Device, _ body: () -> Tensor) -> Tensor {
  Torch.isAutocastEnabled(on: device) ? withAutocast(enabled: false, body) : body()
}

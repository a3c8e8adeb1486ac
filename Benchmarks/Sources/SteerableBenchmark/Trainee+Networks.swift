import Experiments
import Steerable

extension Trainee {
  /// A network of the comparison.
  init(
    _ model: any ImagePredictor, _ batch: (images: Tensor, labels: Tensor), precision: Precision = .float32
  ) {
    func opened(_ model: some ImagePredictor) -> Trainee {
      Trainee(model, batch, precision: precision) { model($0) }
    }
    self = opened(model)
  }

  /// A plain network; images come in the memory format that steerable networks choose for themselves.
  init(_ plain: Sequential, _ batch: (images: Tensor, labels: Tensor), precision: Precision = .float32) {
    self.init(plain, batch, precision: precision) { plain($0.toMemoryFormat(.channelsLast)) }
  }
}

internal import CTorchShim

extension Tensor {
  /// Normalizes with the batch's statistics of each field, a set of channels, and moves running ones towards them in place.
  ///
  /// **Shapes**: self `[N, C, …]`, `fields` `[C]` with the field of each channel, `sizes` `[F]` with the number of channels of
  /// each field, the others `[F]`, result as self.
  ///
  /// **Traps**: when the number of channels differs, or there is only one value per channel.
  package func fieldBatchNorm(
    fields: Tensor, sizes: Tensor, weight: Tensor? = nil, bias: Tensor? = nil, updatingMean mean: Tensor? = nil,
    variance: Tensor? = nil, momentum: Double = 0.1, epsilon: Double = 1e-5
  ) -> Tensor {
    trapping(
      try withExtendedLifetime((fields.handle, sizes.handle, mean?.handle, variance?.handle)) {
        () throws(TorchError) -> Tensor in
        try produce("fieldBatchNorm", self, optionally: weight, bias) {
          ts_field_batch_norm(
            $0, fields.pointer, sizes.pointer, $1, $2, mean?.pointer, variance?.pointer, momentum, epsilon, $3)
        }
      })
  }
}

internal import CTorchShim

extension CheckedTensor {
  /// ``Tensor/pad(_:mode:value:)`` that throws instead of trapping.
  public func pad(_ amounts: [Int], mode: PaddingMode = .constant, value: Double = 0) throws(TorchError) -> Tensor {
    try produce("pad", tensor) {
      ts_pad($0, amounts, amounts.count, mode.rawValue, value, $1)
    }
  }
}

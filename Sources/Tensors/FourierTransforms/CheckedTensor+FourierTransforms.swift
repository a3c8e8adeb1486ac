internal import CTorchShim

extension CheckedTensor {
  /// ``Tensor/fft(length:along:normalization:)`` that throws instead of trapping.
  public func fft(
    length: Int? = nil, along axis: Int = -1, normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("fft", TSFourierKind.forward, length.map { [$0] }, [axis], normalization)
  }

  /// ``Tensor/ifft(length:along:normalization:)`` that throws instead of trapping.
  public func ifft(
    length: Int? = nil, along axis: Int = -1, normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("ifft", TSFourierKind.inverse, length.map { [$0] }, [axis], normalization)
  }

  /// ``Tensor/rfft(length:along:normalization:)`` that throws instead of trapping.
  public func rfft(
    length: Int? = nil, along axis: Int = -1, normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("rfft", TSFourierKind.realForward, length.map { [$0] }, [axis], normalization)
  }

  /// ``Tensor/irfft(length:along:normalization:)`` that throws instead of trapping.
  public func irfft(
    length: Int? = nil, along axis: Int = -1, normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("irfft", TSFourierKind.realInverse, length.map { [$0] }, [axis], normalization)
  }

  /// ``Tensor/fft2(size:along:normalization:)`` that throws instead of trapping.
  public func fft2(
    size: [Int]? = nil, along axes: [Int] = [-2, -1], normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("fft2", TSFourierKind.forward, size, axes, normalization)
  }

  /// ``Tensor/ifft2(size:along:normalization:)`` that throws instead of trapping.
  public func ifft2(
    size: [Int]? = nil, along axes: [Int] = [-2, -1], normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("ifft2", TSFourierKind.inverse, size, axes, normalization)
  }

  /// ``Tensor/rfft2(size:along:normalization:)`` that throws instead of trapping.
  public func rfft2(
    size: [Int]? = nil, along axes: [Int] = [-2, -1], normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("rfft2", TSFourierKind.realForward, size, axes, normalization)
  }

  /// ``Tensor/irfft2(size:along:normalization:)`` that throws instead of trapping.
  public func irfft2(
    size: [Int]? = nil, along axes: [Int] = [-2, -1], normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("irfft2", TSFourierKind.realInverse, size, axes, normalization)
  }

  /// ``Tensor/fftshift(along:)`` that throws instead of trapping.
  public func fftshift(along axes: [Int]? = nil) throws(TorchError) -> Tensor {
    try shifted("fftshift", axes, isInverse: false)
  }

  /// ``Tensor/ifftshift(along:)`` that throws instead of trapping.
  public func ifftshift(along axes: [Int]? = nil) throws(TorchError) -> Tensor {
    try shifted("ifftshift", axes, isInverse: true)
  }
}

extension CheckedTensor {
  private func fourier(
    _ operation: StaticString, _ kind: TSFourierKind, _ lengths: [Int]?, _ axes: [Int],
    _ normalization: FourierNormalization
  ) throws(TorchError) -> Tensor {
    if let lengths {
      try SpatialArguments(operation, axes.count, tensor).require(
        lengths.count == axes.count, "\(lengths.count) lengths are given for \(axes.count) axes")
      return try produce(operation, tensor) {
        ts_fourier($0, kind, lengths, axes, axes.count, normalization.rawValue, $1)
      }
    }
    return try produce(operation, tensor) {
      ts_fourier($0, kind, nil, axes, axes.count, normalization.rawValue, $1)
    }
  }

  private func shifted(
    _ operation: StaticString, _ axes: [Int]?, isInverse: Bool
  ) throws(TorchError) -> Tensor {
    let axes = axes ?? Array(0..<tensor.rank)
    return try produce(operation, tensor) { ts_fourier_shift($0, axes, axes.count, isInverse, $1) }
  }
}

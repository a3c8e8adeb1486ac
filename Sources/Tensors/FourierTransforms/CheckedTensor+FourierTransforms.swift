internal import CTorchShim

extension CheckedTensor {
  /// ``Tensor/fft(length:along:normalization:)`` that throws instead of trapping.
  public func fft(
    length: Int? = nil, along dimension: Int = -1, normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("fft", TSFourierKind.forward, length.map { [$0] }, [dimension], normalization)
  }

  /// ``Tensor/ifft(length:along:normalization:)`` that throws instead of trapping.
  public func ifft(
    length: Int? = nil, along dimension: Int = -1, normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("ifft", TSFourierKind.inverse, length.map { [$0] }, [dimension], normalization)
  }

  /// ``Tensor/rfft(length:along:normalization:)`` that throws instead of trapping.
  public func rfft(
    length: Int? = nil, along dimension: Int = -1, normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("rfft", TSFourierKind.realForward, length.map { [$0] }, [dimension], normalization)
  }

  /// ``Tensor/irfft(length:along:normalization:)`` that throws instead of trapping.
  public func irfft(
    length: Int? = nil, along dimension: Int = -1, normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("irfft", TSFourierKind.realInverse, length.map { [$0] }, [dimension], normalization)
  }

  /// ``Tensor/fft2(size:along:normalization:)`` that throws instead of trapping.
  public func fft2(
    size: [Int]? = nil, along dimensions: [Int] = [-2, -1], normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("fft2", TSFourierKind.forward, size, dimensions, normalization)
  }

  /// ``Tensor/ifft2(size:along:normalization:)`` that throws instead of trapping.
  public func ifft2(
    size: [Int]? = nil, along dimensions: [Int] = [-2, -1], normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("ifft2", TSFourierKind.inverse, size, dimensions, normalization)
  }

  /// ``Tensor/rfft2(size:along:normalization:)`` that throws instead of trapping.
  public func rfft2(
    size: [Int]? = nil, along dimensions: [Int] = [-2, -1], normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("rfft2", TSFourierKind.realForward, size, dimensions, normalization)
  }

  /// ``Tensor/irfft2(size:along:normalization:)`` that throws instead of trapping.
  public func irfft2(
    size: [Int]? = nil, along dimensions: [Int] = [-2, -1], normalization: FourierNormalization = .backward
  ) throws(TorchError) -> Tensor {
    try fourier("irfft2", TSFourierKind.realInverse, size, dimensions, normalization)
  }

  /// ``Tensor/fftshift(along:)`` that throws instead of trapping.
  public func fftshift(along dimensions: [Int]? = nil) throws(TorchError) -> Tensor {
    try shifted("fftshift", dimensions, isInverse: false)
  }

  /// ``Tensor/ifftshift(along:)`` that throws instead of trapping.
  public func ifftshift(along dimensions: [Int]? = nil) throws(TorchError) -> Tensor {
    try shifted("ifftshift", dimensions, isInverse: true)
  }
}

extension CheckedTensor {
  private func fourier(
    _ operation: StaticString, _ kind: TSFourierKind, _ lengths: [Int]?, _ dimensions: [Int],
    _ normalization: FourierNormalization
  ) throws(TorchError) -> Tensor {
    if let lengths {
      try SpatialArguments(operation, dimensions.count, tensor).require(
        lengths.count == dimensions.count, "\(lengths.count) lengths are given for \(dimensions.count) dimensions")
      return try produce(operation, tensor) {
        ts_fourier($0, kind, lengths, dimensions, dimensions.count, normalization.rawValue, $1)
      }
    }
    return try produce(operation, tensor) {
      ts_fourier($0, kind, nil, dimensions, dimensions.count, normalization.rawValue, $1)
    }
  }

  private func shifted(
    _ operation: StaticString, _ dimensions: [Int]?, isInverse: Bool
  ) throws(TorchError) -> Tensor {
    let dimensions = dimensions ?? Array(0..<tensor.rank)
    return try produce(operation, tensor) { ts_fourier_shift($0, dimensions, dimensions.count, isInverse, $1) }
  }
}

extension Tensor {
  /// The discrete Fourier transform along one dimension.
  ///
  /// The signal is cut or padded with zeros to `length` n first.
  ///
  /// **Shapes**: self `[…, n]`, result `[…, n]` complex.
  ///
  /// **Traps**: when there is no such dimension, or `length` is not positive.
  public func fft(
    length: Int? = nil, along dimension: Int = -1, normalization: FourierNormalization = .backward
  ) -> Tensor {
    trapping(try checked.fft(length: length, along: dimension, normalization: normalization))
  }

  /// The inverse of `fft` along one dimension.
  ///
  /// The signal is cut or padded with zeros to `length` n first.
  ///
  /// **Shapes**: self `[…, n]`, result `[…, n]` complex.
  ///
  /// **Traps**: when there is no such dimension, or `length` is not positive.
  public func ifft(
    length: Int? = nil, along dimension: Int = -1, normalization: FourierNormalization = .backward
  ) -> Tensor {
    trapping(try checked.ifft(length: length, along: dimension, normalization: normalization))
  }

  /// The half of `fft` of a real signal that determines the rest.
  ///
  /// The signal is cut or padded with zeros to `length` n first.
  ///
  /// **Shapes**: self `[…, n]`, result `[…, n / 2 + 1]` complex.
  ///
  /// **Traps**: when there is no such dimension, or `length` is not positive.
  public func rfft(
    length: Int? = nil, along dimension: Int = -1, normalization: FourierNormalization = .backward
  ) -> Tensor {
    trapping(try checked.rfft(length: length, along: dimension, normalization: normalization))
  }

  /// The inverse of `rfft`; give the `length` of the signal where it is odd.
  ///
  /// The signal is cut or padded with zeros to `length` n first.
  ///
  /// **Shapes**: self `[…, n]`, result `[…, n]` real.
  ///
  /// **Traps**: when there is no such dimension, or `length` is not positive.
  public func irfft(
    length: Int? = nil, along dimension: Int = -1, normalization: FourierNormalization = .backward
  ) -> Tensor {
    trapping(try checked.irfft(length: length, along: dimension, normalization: normalization))
  }

  /// The discrete Fourier transform of planes.
  ///
  /// The planes are cut or padded with zeros to `size` [h, w] first.
  ///
  /// **Shapes**: self `[…, h, w]`, result `[…, h, w]` complex.
  ///
  /// **Traps**: when there are no such dimensions, or `size` does not fit them.
  public func fft2(
    size: [Int]? = nil, along dimensions: [Int] = [-2, -1], normalization: FourierNormalization = .backward
  ) -> Tensor {
    trapping(try checked.fft2(size: size, along: dimensions, normalization: normalization))
  }

  /// The inverse of `fft2`.
  ///
  /// The planes are cut or padded with zeros to `size` [h, w] first.
  ///
  /// **Shapes**: self `[…, h, w]`, result `[…, h, w]` complex.
  ///
  /// **Traps**: when there are no such dimensions, or `size` does not fit them.
  public func ifft2(
    size: [Int]? = nil, along dimensions: [Int] = [-2, -1], normalization: FourierNormalization = .backward
  ) -> Tensor {
    trapping(try checked.ifft2(size: size, along: dimensions, normalization: normalization))
  }

  /// The half of `fft2` of real planes that determines the rest.
  ///
  /// The planes are cut or padded with zeros to `size` [h, w] first.
  ///
  /// **Shapes**: self `[…, h, w]`, result `[…, h, w / 2 + 1]` complex.
  ///
  /// **Traps**: when there are no such dimensions, or `size` does not fit them.
  public func rfft2(
    size: [Int]? = nil, along dimensions: [Int] = [-2, -1], normalization: FourierNormalization = .backward
  ) -> Tensor {
    trapping(try checked.rfft2(size: size, along: dimensions, normalization: normalization))
  }

  /// The inverse of `rfft2`; give the `size` of the planes where the width is odd.
  ///
  /// The planes are cut or padded with zeros to `size` [h, w] first.
  ///
  /// **Shapes**: self `[…, h, w]`, result `[…, h, w]` real.
  ///
  /// **Traps**: when there are no such dimensions, or `size` does not fit them.
  public func irfft2(
    size: [Int]? = nil, along dimensions: [Int] = [-2, -1], normalization: FourierNormalization = .backward
  ) -> Tensor {
    trapping(try checked.irfft2(size: size, along: dimensions, normalization: normalization))
  }

  /// Moves the zero frequency from the front to the middle of `dimensions`, or of all.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when there are no such dimensions.
  public func fftshift(along dimensions: [Int]? = nil) -> Tensor {
    trapping(try checked.fftshift(along: dimensions))
  }

  /// Undoes `fftshift`.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when there are no such dimensions.
  public func ifftshift(along dimensions: [Int]? = nil) -> Tensor {
    trapping(try checked.ifftshift(along: dimensions))
  }
}

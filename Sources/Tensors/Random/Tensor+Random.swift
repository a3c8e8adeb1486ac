extension Tensor {
  /// Normally distributed numbers.
  public static func randn(
    _ shape: Shape, using rng: inout Generator, mean: Double = 0, standardDeviation: Double = 1,
    dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    trapping(
      try CheckedTensor.randn(
        shape, using: &rng, mean: mean, standardDeviation: standardDeviation, dtype: dtype, device: device))
  }

  /// Numbers that are uniform between `low` and `high`.
  public static func rand(
    _ shape: Shape, using rng: inout Generator, low: Double = 0, high: Double = 1, dtype: DType = .float32,
    device: Device = .cpu
  ) -> Tensor {
    trapping(
      try CheckedTensor.rand(shape, using: &rng, low: low, high: high, dtype: dtype, device: device))
  }

  /// Numbers that are uniform between `low` and `high`, each a hash of its place in the tensor.
  ///
  /// For many numbers at once. Where `rand` takes one number after the other from the generator, here all threads draw,
  /// and the generator advances by 64 bits for the whole tensor. The numbers are the same for any number of threads and on
  /// every processor, bit for bit: those of `float64`, rounded to `dtype`, by which a number can become `high` itself.
  ///
  /// **Traps**: when the type is not of real floating-point numbers, or `low` is above `high`.
  ///
  /// **Reference**: Salmon et al. (2011), "Parallel random numbers: as easy as 1, 2, 3", on counters in the place of state.
  public static func hashedRand(
    _ shape: Shape, using rng: inout Generator, low: Double = 0, high: Double = 1, dtype: DType = .float32,
    device: Device = .cpu
  ) -> Tensor {
    trapping(
      try CheckedTensor.hashedRand(shape, using: &rng, low: low, high: high, dtype: dtype, device: device))
  }

  /// Integers that are uniform in a range.
  public static func randint(
    _ range: Range<Int>, _ shape: Shape, using rng: inout Generator, dtype: DType = .int64, device: Device = .cpu
  ) -> Tensor {
    trapping(
      try CheckedTensor.randint(range, shape, using: &rng, dtype: dtype, device: device))
  }

  /// The numbers from 0 to `count - 1` in random order, as `int64`.
  public static func permutation(
    _ count: Int, using rng: inout Generator, device: Device = .cpu
  ) -> Tensor {
    trapping(
      try CheckedTensor.permutation(count, using: &rng, device: device))
  }

  /// Ones with the probabilities that this tensor holds, zeros elsewhere.
  ///
  /// **Traps**: when an element is no probability.
  public func bernoulli(using rng: inout Generator) -> Tensor { trapping(try checked.bernoulli(using: &rng)) }
}

internal import CTorchShim

// The random tensors; a failure leaves the generator where it was or further on.
extension CheckedTensor {
  /// Normally distributed numbers.
  public static func randn(
    _ shape: Shape, using rng: inout Generator, mean: Double = 0, standardDeviation: Double = 1,
    dtype: DType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    let generator = rng.drawing
    return try produce("randn") {
      ts_normal(
        shape.dimensions, shape.rank, mean, standardDeviation, generator, TSOptions(dtype, device), $0)
    }
  }

  /// Numbers that are uniform between `low` and `high`.
  public static func rand(
    _ shape: Shape, using rng: inout Generator, low: Double = 0, high: Double = 1, dtype: DType = .float32,
    device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    let generator = rng.drawing
    return try produce("rand") {
      ts_uniform(shape.dimensions, shape.rank, low, high, generator, TSOptions(dtype, device), $0)
    }
  }

  /// ``Tensor/hashedRand(_:using:low:high:dtype:device:)`` that throws instead of trapping.
  public static func hashedRand(
    _ shape: Shape, using rng: inout Generator, low: Double = 0, high: Double = 1, dtype: DType = .float32,
    device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    let generator = rng.drawing
    return try produce("hashedRand") {
      ts_hashed_uniform(shape.dimensions, shape.rank, low, high, generator, TSOptions(dtype, device), $0)
    }
  }

  /// Integers that are uniform in a range.
  public static func randint(
    _ range: Range<Int>, _ shape: Shape, using rng: inout Generator, dtype: DType = .int64, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    let generator = rng.drawing
    return try produce("randint") {
      ts_random_integers(
        shape.dimensions, shape.rank, Int64(range.lowerBound), Int64(range.upperBound), generator,
        TSOptions(dtype, device), $0)
    }
  }

  /// The numbers from 0 to `count - 1` in random order, as `int64`.
  public static func permutation(
    _ count: Int, using rng: inout Generator, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    let generator = rng.drawing
    return try produce("permutation") { ts_permutation(count, generator, TSOptions(.int64, device), $0) }
  }

  /// Ones with the probabilities that this tensor holds, zeros elsewhere.
  public func bernoulli(using rng: inout Generator) throws(TorchError) -> Tensor {
    let generator = rng.drawing
    return try produce("bernoulli", tensor) { ts_bernoulli($0, generator, $1) }
  }
}

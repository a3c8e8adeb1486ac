internal import CTorchShim

extension Tensor {
  /// Normally distributed numbers.
  public static func randn(
    _ shape: Shape, using rng: inout Generator, mean: Double = 0, standardDeviation: Double = 1,
    dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    let generator = rng.drawing
    let options = TSOptions(dtype, device)
    return trapping(
      try produce("randn") {
        ts_normal(shape.dimensions, shape.rank, mean, standardDeviation, generator, options, $0)
      })
  }

  /// Numbers that are uniform between `low` and `high`.
  public static func rand(
    _ shape: Shape, using rng: inout Generator, low: Double = 0, high: Double = 1, dtype: DType = .float32,
    device: Device = .cpu
  ) -> Tensor {
    let generator = rng.drawing
    let options = TSOptions(dtype, device)
    return trapping(
      try produce("rand") { ts_uniform(shape.dimensions, shape.rank, low, high, generator, options, $0) })
  }

  /// Integers that are uniform in a range.
  public static func randint(
    _ range: Range<Int>, _ shape: Shape, using rng: inout Generator, dtype: DType = .int64, device: Device = .cpu
  ) -> Tensor {
    let generator = rng.drawing
    let options = TSOptions(dtype, device)
    let (low, high) = (Int64(range.lowerBound), Int64(range.upperBound))
    return trapping(
      try produce("randint") {
        ts_random_integers(shape.dimensions, shape.rank, low, high, generator, options, $0)
      })
  }

  /// The numbers from 0 to `count - 1` in random order, as `int64`.
  public static func permutation(_ count: Int, using rng: inout Generator, device: Device = .cpu) -> Tensor {
    let generator = rng.drawing
    return trapping(try produce("permutation") { ts_permutation(count, generator, TSOptions(.int64, device), $0) })
  }

  /// Ones with the probabilities that this tensor holds, zeros elsewhere.
  public func bernoulli(using rng: inout Generator) -> Tensor {
    let generator = rng.drawing
    return trapping(try produce("bernoulli", self) { ts_bernoulli($0, generator, $1) })
  }
}

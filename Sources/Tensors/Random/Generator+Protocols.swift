internal import CTorchShim

extension Generator: RandomNumberGenerator {
  /// 64 random bits.
  public mutating func next() -> UInt64 { ts_generator_next(drawing) }
}

extension Generator: Equatable {
  /// Whether both continue with the same numbers.
  public static func == (lhs: Generator, rhs: Generator) -> Bool { lhs.state == rhs.state }
}

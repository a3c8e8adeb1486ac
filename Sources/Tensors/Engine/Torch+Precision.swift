internal import CTorchShim
internal import Synchronization

extension Torch {
  /// Whether accelerators may compute any float32 product with fewer bits (TF32); the engine begins with convolutions
  /// only.
  public static var allowsReducedPrecision: Bool {
    let precision = ts_reduced_precision()
    return precision.products || precision.convolutions
  }

  /// Allows accelerators to compute float32 products with fewer bits (TF32), or forbids it, for the whole process.
  ///
  /// Inside of `withFullPrecision` it counts from the end of that.
  public static func setReducedPrecision(_ enabled: Bool) {
    let precision = TSReducedPrecision(products: enabled, convolutions: enabled)
    fullPrecision.withLock { scopes in
      if scopes.depth > 0 { scopes.outside = precision } else { apply(precision) }
    }
  }

  /// Runs `body` while accelerators compute float32 products with all their bits, in the whole process.
  public static func withFullPrecision<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    fullPrecision.withLock { scopes in
      if scopes.depth == 0 {
        scopes.outside = ts_reduced_precision()
        apply(TSReducedPrecision(products: false, convolutions: false))
      }
      scopes.depth += 1
    }
    defer {
      fullPrecision.withLock { scopes in
        scopes.depth -= 1
        if scopes.depth == 0 { apply(scopes.outside) }
      }
    }
    return try body()
  }

  private static func apply(_ precision: TSReducedPrecision) {
    trapping(try perform("setReducedPrecision") { ts_set_reduced_precision(precision, $0) })
  }

  /// The setting belongs to the process, so scopes on several threads share it.
  private struct FullPrecision {
    var depth = 0
    var outside = TSReducedPrecision(products: false, convolutions: true)
  }

  private static let fullPrecision = Mutex(FullPrecision())
}

internal import CTorchShim

/// Runs `body` with matrix products and convolutions computed in a lower precision on every device.
///
/// Operations that need range (sums, norms, losses) stay in float32. With `enabled: false` an outer scope is suspended.
/// The scope is synchronous and belongs to the calling thread; what it found is restored when it is left, and casts of
/// parameters that were kept for reuse are dropped when the outermost scope is left. Run `backward()` outside.
///
/// **Traps**: when `dtype` is neither `.bfloat16` nor `.float16`.
public func withAutocast<Result, Failure: Error>(
  dtype: DType = .bfloat16, enabled: Bool = true, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  var state = TSAutocastState()
  trapping(try perform("withAutocast") { ts_autocast_enter(dtype.code, enabled, &state, $0) })
  defer { ts_autocast_exit(state) }
  return try body()
}

extension Torch {
  /// Whether a `withAutocast` scope is active for tensors on a device.
  public static func isAutocastEnabled(on device: Device = .cpu) -> Bool {
    switch device {
    case .cpu: ts_autocast_is_enabled(false)
    case .cuda: ts_autocast_is_enabled(true)
    case .other: false
    }
  }

  /// The type in which a `withAutocast` scope computes on a device; nil outside of one.
  public static func autocastDType(on device: Device = .cpu) -> DType? {
    guard isAutocastEnabled(on: device) else { return nil }
    return DType(code: ts_autocast_dtype(device != .cpu))
  }
}

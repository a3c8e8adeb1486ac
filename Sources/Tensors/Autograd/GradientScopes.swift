internal import CTorchShim

// These functions take a synchronous closure on purpose: the mode belongs to a thread, and an asynchronous function may
// go on on another one.

/// Whether operations are recorded on this thread.
public var isGradientEnabled: Bool { ts_gradient_enabled() }

/// Runs `body` without recording its operations for differentiation.
public func withoutGradient<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try withGradient(enabled: false, body)
}

/// Runs `body` with the recording of operations for differentiation on or off.
public func withGradient<Result, Failure: Error>(
  enabled: Bool, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let before = ts_gradient_enabled()
  ts_set_gradient_enabled(enabled)
  defer { ts_set_gradient_enabled(before) }
  return try body()
}

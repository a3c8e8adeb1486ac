import Layers
import Tensors

/// Stops the program with one sentence about what a caller passed to `name`.
///
/// Every trap of this module ends here, and from here in `Torch.fail`.
package func fail(_ name: String, _ message: String) -> Never {
  Torch.fail(op: name, message)
}

/// Stops the program with `message` unless `condition` holds; never stripped in release builds.
package func require(_ condition: Bool, _ name: String, _ message: @autoclosure () -> String) {
  if !condition { fail(name, message()) }
}

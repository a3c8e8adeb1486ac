public import Symmetry

/// What describes a basis of kernels on a square grid of pixels.
public protocol GridConfiguration: Hashable, Sendable {
  /// The number of pixels along each side.
  var kernelSize: Int { get }
  /// Checks the settings, alone and together with a group.
  ///
  /// **Throws**: `KernelError` that says what to change.
  func validate(for group: Group) throws(KernelError)
}

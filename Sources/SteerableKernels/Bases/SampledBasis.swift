public import Symmetry

/// Kernels between two representations on the pixels of a grid, from which layers sum their filters.
///
/// **Shapes**: `values` is row-major `[dimension, outSize, inSize, points]`.
///
/// **Symmetry**: every element solves `K(g x) = rho_out(g) K(x) rho_in(g)^-1` for the elements that keep the grid.
public protocol SampledBasis: AnyObject, Sendable {
  /// What describes the grid and the choice of kernels.
  associatedtype Configuration: GridConfiguration
  /// What an element of the basis is made of.
  associatedtype Element: SteerableElement

  /// The representation of the fields that the kernels read.
  var input: Representation { get }
  /// The representation of the fields that the kernels write.
  var output: Representation { get }
  /// The grid and the choice of kernels.
  var configuration: Configuration { get }
  /// The number of elements.
  var dimension: Int { get }
  /// The size of the input representation.
  var inSize: Int { get }
  /// The size of the output representation.
  var outSize: Int { get }
  /// The number of pixels of a kernel.
  var points: Int { get }
  /// What each element is made of.
  var elements: [Element] { get }
  /// All elements.
  var values: [Double] { get }
  /// The scalar functions of which all values are made, found on first use.
  var bank: FilterBank { get }

  /// The basis from `input` to `output`, possibly empty.
  ///
  /// **Throws**: `KernelError` for representations of two groups or an invalid configuration.
  static func checkedBasis(
    from input: Representation, to output: Representation, configuration: Configuration
  ) throws(KernelError) -> Self

  /// The error for field lists between which no element survives.
  static func emptyBasis(from: String, to: String, configuration: Configuration) -> KernelError
}

public import Symmetry
public import Tensors

extension FieldType {
  /// Transforms the channels of each pixel by the representation of `element`.
  ///
  /// **Shapes**: `[N, size, H, W]` to the same.
  ///
  /// **Traps**: if the channels do not fit or the element is of another group.
  ///
  /// **Complexity**: one matrix product for each run of equal representations; permutations are one selection.
  public func transformFibers(_ tensor: Tensor, by element: GroupElement) -> Tensor {
    require(
      tensor.rank == 4 && tensor.shape[1] == size, "FieldType.transformFibers",
      "a tensor of shape \(tensor.shape) does not hold \(self)")
    require(group.contains(element), "FieldType.transformFibers", "\(element) is no element of \(group.name)")
    return FiberMap(self, matrices: storage.distinct.map { $0.matrix(element) })(tensor)
  }

  /// Transforms a tensor of this type by an element: fibers and pixels.
  ///
  /// **Symmetry**: exact for elements that map the pixel grid to itself; else resampled.
  public func transform(_ tensor: Tensor, by element: GroupElement, interpolation: Interpolation = .bilinear) -> Tensor
  {
    GeometricTensor(tensor, self).transformed(by: element, interpolation: interpolation).tensor
  }

  /// Pairs a tensor with this type.
  public func callAsFunction(_ tensor: Tensor) -> GeometricTensor { GeometricTensor(tensor, self) }
}

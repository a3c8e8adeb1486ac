public import Symmetry
public import Tensors

/// A tensor of feature fields with its type.
///
/// **Shapes**: `[N, type.size, H, W]`.
///
/// **Symmetry**: `transformed(by:)` gives what the fields are when the scene is moved by a group element.
///
/// **escnn**: `GeometricTensor`; `fields(_:)` takes the place of indexing.
public struct GeometricTensor {
  /// The values, `[N, C, H, W]`.
  public let tensor: Tensor

  /// The type of the fields.
  public let type: FieldType

  /// Pairs values with their type.
  ///
  /// **Traps**: unless the tensor has rank 4 and `type.size` channels.
  public init(_ tensor: Tensor, _ type: FieldType) {
    require(
      tensor.rank == 4 && tensor.shape[1] == type.size, "GeometricTensor",
      "a tensor of shape \(tensor.shape) does not hold \(type); expected [N, \(type.size), H, W]")
    self.init(unchecked: tensor, type)
  }

  /// Pairs values with a type that is known to fit.
  package init(unchecked tensor: Tensor, _ type: FieldType) {
    self.tensor = tensor
    self.type = type
  }

  /// The shape `[N, C, H, W]`.
  public var shape: Shape { tensor.shape }

  /// The type of the values.
  public var dtype: DType { tensor.dtype }

  /// The device that holds the values.
  public var device: Device { tensor.device }

  /// The same fields with values of another type.
  public func to(_ dtype: DType) -> GeometricTensor { GeometricTensor(unchecked: tensor.to(dtype), type) }

  /// The same fields on another device.
  public func to(_ device: Device) -> GeometricTensor { GeometricTensor(unchecked: tensor.to(device), type) }

  /// The same fields in another memory layout.
  public func toMemoryFormat(_ format: MemoryFormat) -> GeometricTensor {
    GeometricTensor(unchecked: tensor.toMemoryFormat(format), type)
  }

  /// The same values without their history.
  public func detach() -> GeometricTensor { GeometricTensor(unchecked: tensor.detach(), type) }

  /// The fields of a range; counts fields, never channels.
  ///
  /// **Traps**: if the range is empty or leaves the type.
  ///
  /// **Complexity**: constant; the result shares memory.
  public func fields(_ range: Range<Int>) -> GeometricTensor {
    require(
      !range.isEmpty && range.lowerBound >= 0 && range.upperBound <= type.count, "GeometricTensor.fields",
      "fields \(range) of \(type), which has \(type.count) fields")
    let start = type.channels[range.lowerBound].lowerBound
    let end = type.channels[range.upperBound - 1].upperBound
    return GeometricTensor(unchecked: tensor.narrow(1, start: start, length: end - start), type[range])
  }

  /// One field.
  public func field(_ index: Int) -> GeometricTensor { fields(index..<(index + 1)) }

  /// The fields at some positions, in the order given.
  public func fields(_ indices: [Int]) -> GeometricTensor {
    let selected = type.selecting(indices)
    let channels = indices.flatMap { Array(type.channels[$0]) }
    let index = Tensor(channels, shape: [channels.count], device: tensor.device)
    return GeometricTensor(unchecked: tensor.indexSelect(1, index), selected)
  }

  /// The images of a range of the batch.
  public func images(_ range: Range<Int>) -> GeometricTensor {
    require(
      range.lowerBound >= 0 && range.upperBound <= shape[0], "GeometricTensor.images",
      "images \(range) of a batch of \(shape[0])")
    return GeometricTensor(unchecked: tensor.narrow(0, start: range.lowerBound, length: range.count), type)
  }

  /// Parts that begin at the first field and at each of `breaks`; every field apart without breaks.
  ///
  /// **Traps**: unless the breaks ascend strictly within the fields.
  public func split(at breaks: [Int]? = nil) -> [GeometricTensor] {
    let inner = breaks ?? Array(1..<type.count)
    let edges = (inner.first == 0 ? [] : [0]) + inner + (inner.last == type.count ? [] : [type.count])
    for (a, b) in zip(edges, edges.dropFirst()) where a >= b {
      fail("GeometricTensor.split", "breaks \(inner) do not ascend within the \(type.count) fields of \(type)")
    }
    return zip(edges, edges.dropFirst()).map { fields($0..<$1) }
  }

  /// Joins the fields of several tensors on the same space.
  ///
  /// **Traps**: if there are none or their spaces differ.
  public static func directSum(_ parts: [GeometricTensor]) -> GeometricTensor {
    guard let first = parts.first else { fail("GeometricTensor.directSum", "nothing to join") }
    let type = parts.dropFirst().reduce(first.type) { $0 + $1.type }
    return GeometricTensor(Tensor.concatenated(parts.map(\.tensor), along: 1), type)
  }

  /// The fields as fields of a subgroup; the values stay.
  ///
  /// **Throws**: `SymmetryError` if the group has no such subgroup.
  public func restricted(to id: SubgroupID) throws(SymmetryError) -> GeometricTensor {
    GeometricTensor(unchecked: tensor, try type.restricted(to: id))
  }

  /// What the fields are when the scene is moved by `element`: fibers and pixels both transform.
  ///
  /// **Symmetry**: exact for elements that map the pixel grid to itself; else resampled about the image center.
  ///
  /// **Traps**: if the element does not belong to the group.
  public func transformed(
    by element: GroupElement, interpolation: Interpolation = .bilinear
  ) -> GeometricTensor {
    let moved = type.space.transform(tensor, by: element, interpolation: interpolation)
    return GeometricTensor(unchecked: type.transformFibers(moved, by: element), type)
  }

  /// The fields with only their fibers transformed; the pixels stay.
  public func transformFibers(by element: GroupElement) -> GeometricTensor {
    GeometricTensor(unchecked: type.transformFibers(tensor, by: element), type)
  }
}

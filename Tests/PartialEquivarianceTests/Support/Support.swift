import Layers
import PartialEquivariance
import Symmetry
import Tensors

/// The largest absolute value.
func magnitude(_ tensor: Tensor) -> Double { tensor.detach().abs().max().item() }

/// The feature map of a rotated (and reflected) image: positions and group elements both move.
///
/// For a lattice element `g` and elements that `g` maps to themselves: f'(x, h) = f(g⁻¹ x, g⁻¹ h).
func moved(_ x: GroupFeatures, by element: GroupElement) -> GroupFeatures {
  let group = x.samples.group
  let elements = x.samples.elements()
  let inverse = group.inverse(element)
  let sources = elements.map { wanted -> Int in
    let source = group.product(inverse, wanted)
    return elements.firstIndex { isSame($0, source, group) } ?? -1
  }
  precondition(!sources.contains(-1), "\(element) does not map the elements \(elements) to themselves")
  let shape = x.tensor.shape
  let images = movedImages(x.separated.reshape([shape[0] * shape[1], 1, shape[2], shape[3]]), by: element, in: group)
  let values = images.reshape([shape[0], x.channels, x.samples.count, shape[2], shape[3]])
    .indexSelect(2, Tensor(sources, shape: [sources.count]))
  return GroupFeatures(values.reshape(shape), x.samples)
}

/// Images moved by a lattice element: mirrored left and right first, then turned counter-clockwise.
func movedImages(_ x: Tensor, by element: GroupElement, in group: Group) -> Tensor {
  let turns = Int((element.angle(in: group) / (.pi / 2)).rounded())
  let mirrored = element.isReflected ? x.flip([3]) : x
  return turns == 0 ? mirrored : mirrored.rot90(turns)
}

/// Whether two elements are equal up to rounding.
func isSame(_ a: GroupElement, _ b: GroupElement, _ group: Group) -> Bool {
  let gap = abs(a.angle(in: group) - b.angle(in: group))
  return a.isReflected == b.isReflected && min(gap, 2 * .pi - gap) < 1e-6
}

/// The elements of a group that map the pixel grid to itself.
func latticeElements(of group: Group) -> [GroupElement] {
  (group.hasReflections ? [false, true] : [false]).flatMap { isReflected in
    (0..<4).map { group.element(angle: Double($0) * .pi / 2, reflected: isReflected) }
  }
}

/// Random images.
func images(_ shape: Shape, seed: UInt64 = 3, dtype: DType = .float32) -> Tensor {
  var rng = Generator(seed: seed)
  return Tensor.randn(shape, using: &rng, dtype: dtype)
}

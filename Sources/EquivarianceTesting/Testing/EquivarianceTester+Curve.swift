import Foundation
public import EquivariantLayers
import Symmetry
import Tensors

extension EquivarianceTester {
  /// Every `step` degrees of a full turn.
  public static func angles(every step: Double = 15) -> [Double] { Array(stride(from: 0, to: 360, by: step)) }

  /// Tests a module under rotations by any angles, whether or not they belong to the group.
  ///
  /// Rotations of the group act on the fibers of input and output. For other angles the input must consist of
  /// scalars, and the
  /// fields of the output are compared by their norms.
  ///
  /// **Traps**: when an angle is not in the group and the input has fields that are not scalars.
  ///
  /// **Units**: degrees.
  public func curve(_ module: EquivariantModule, degrees: [Double] = angles()) -> EquivarianceCurve {
    converted(module) {
      curve(name: "\(Swift.type(of: module))", from: module.inputType, degrees: degrees) { module($0) }
    }
  }

  /// Tests a function under rotations by any angles.
  ///
  /// **Traps**: when an angle is not in the group and the input has fields that are not scalars.
  public func curve(
    name: String, from input: FieldType, degrees: [Double] = angles(), _ function: (GeometricTensor) -> GeometricTensor
  ) -> EquivarianceCurve {
    withoutGradient {
      let images = smoothFields(input)
      let straight = function(images)
      let points = degrees.map { degree in
        point(degree, images: images, straight: straight, function)
      }
      return EquivarianceCurve(name: name, points: points)
    }
  }

  private func point(
    _ degrees: Double, images: GeometricTensor, straight: GeometricTensor,
    _ function: (GeometricTensor) -> GeometricTensor
  ) -> EquivarianceCurve.Point {
    let angle = degrees * .pi / 180
    let quarters = degrees / 90
    let isLattice = abs(quarters - quarters.rounded()) < 1e-9 && height == width
    let difference: Difference
    var isInGroup = false
    if let inputElement = images.type.group.elementIfPresent(angle: angle),
      let outputElement = straight.type.group.elementIfPresent(angle: angle)
    {
      isInGroup = true
      let found = function(images.transformed(by: inputElement, interpolation: interpolation))
      let expected = straight.transformed(by: outputElement, interpolation: interpolation)
      difference = Difference(
        found: found.tensor, expected: expected.tensor, interior: isLattice ? nil : interior)
    } else {
      require(
        images.type.isInvariant, "EquivarianceTester.curve",
        "the rotation by \(degrees)° is not in \(images.type.group.name), so it does not act on \(images.type)")
      let rotated = GSpace.rotate(images.tensor, angle: angle, interpolation: interpolation)
      let found = function(GeometricTensor(rotated, images.type))
      let expected = GSpace.rotate(straight.tensor, angle: angle, interpolation: interpolation)
      difference = Difference(
        found: fieldNorms(found.tensor, straight.type), expected: fieldNorms(expected, straight.type),
        interior: isLattice ? nil : interior)
    }
    return EquivarianceCurve.Point(
      degrees: degrees, isLattice: isLattice, isInGroup: isInGroup, maximum: difference.maximum,
      mean: difference.mean, relative: difference.relative)
  }

  /// The norm of each field, or the values themselves for scalars.
  private func fieldNorms(_ tensor: Tensor, _ type: FieldType) -> Tensor {
    if type.isInvariant { return tensor }
    let squares = tensor * tensor
    let sums = type.channels.map {
      squares.narrow(1, start: $0.lowerBound, length: $0.count).sum(along: 1, keepingDimensions: true)
    }
    return Tensor.concatenated(sums, along: 1).sqrt()
  }
}

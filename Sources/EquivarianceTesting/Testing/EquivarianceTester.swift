public import EquivariantLayers
import Layers
public import Symmetry
public import Tensors

/// Measures how far modules and functions are from commuting with group elements, on random fields.
///
/// ```swift
/// let report = EquivarianceTester(size: 29).report(network)
/// report.isLatticeExact(tolerance: 1e-9)
/// ```
///
/// **Symmetry**: see `EquivarianceReport` for what is compared.
///
/// **Complexity**: one evaluation of the function for each element and one more.
public struct EquivarianceTester: Sendable {
  /// The type of the numbers; modules are converted for the test and back.
  public var dtype: DType

  /// The height of the images in pixels.
  public var height: Int

  /// The width of the images in pixels.
  public var width: Int

  /// The number of images.
  public var batch: Int

  /// The seed of the images.
  public var seed: UInt64

  /// The radius of the disc on which resampled elements are compared, as a share of half the image's edge.
  public var interior: Double

  /// The width in pixels of the Gaussian that smooths the images for resampled elements.
  public var smoothness: Double

  /// How images are resampled.
  public var interpolation: Interpolation

  /// Creates a tester for images of `size` × `size` pixels, or `height` × `width`.
  public init(
    size: Int, width: Int? = nil, dtype: DType = .float64, batch: Int = 2, seed: UInt64 = 0, interior: Double = 0.5,
    smoothness: Double = 2, interpolation: Interpolation = .bicubic
  ) {
    require(size >= 1 && (width ?? 1) >= 1 && batch >= 1, "EquivarianceTester", "size and batch must be positive")
    require(interior > 0 && smoothness >= 0, "EquivarianceTester", "interior must be positive, smoothness not negative")
    self.dtype = dtype
    height = size
    self.width = width ?? size
    self.batch = batch
    self.seed = seed
    self.interior = interior
    self.smoothness = smoothness
    self.interpolation = interpolation
  }

  /// Tests a module in evaluation mode.
  ///
  /// - Parameters:
  ///   - module: The module, which is left as it was.
  ///   - elements: What to test; nil for all elements of a finite group and every 45° of a continuous one, as far as the
  ///     output has them.
  public func report(_ module: EquivariantModule, elements: [GroupElement]? = nil) -> EquivarianceReport {
    converted(module) {
      var report = report(
        name: "\(Swift.type(of: module))", from: module.inputType, to: module.outputType, elements: elements
      ) { module($0) }
      report.warning = module.latticeWarning(for: inputShape(module.inputType))
      return report
    }
  }

  /// Tests a function between two types on the same space.
  public func report(
    name: String, from input: FieldType, to output: FieldType, elements: [GroupElement]? = nil,
    _ function: (GeometricTensor) -> GeometricTensor
  ) -> EquivarianceReport {
    report(name: name, input: noise(input), smooth: smoothFields(input), to: output, elements: elements, function)
  }

  /// Tests each layer of a sequence, alone and together with those before it.
  ///
  /// Layers alone are tested on the features that reach them. Behind a restriction only elements of the subgroup are
  /// tested.
  public func layerByLayer(_ network: SequentialModule, elements: [GroupElement]? = nil) -> [LayerEquivariance] {
    converted(network) {
      var features = (noise(network.inputType), smoothFields(network.inputType))
      return network.parts.enumerated().map { index, part in
        let name = "\(Swift.type(of: part))"
        let start = network.inputType.space
        let left = elements?.filter { part.outputType.space.element($0, of: start) != nil }
        let same = left?.compactMap { part.inputType.space.element($0, of: start) }
        var own = report(
          name: name, input: features.0, smooth: features.1, to: part.outputType, elements: same
        ) { part($0) }
        own.warning = part.latticeWarning(for: features.0.shape)
        let accumulated = report(
          name: "0...\(index)", from: network.inputType, to: part.outputType, elements: left
        ) { input in network.parts[0...index].reduce(input) { $1($0) } }
        features = withoutGradient { (part(features.0), part(features.1)) }
        return LayerEquivariance(index: index, name: name, own: own, accumulated: accumulated)
      }
    }
  }

  private func report(
    name: String, input: GeometricTensor, smooth: GeometricTensor, to output: FieldType, elements: [GroupElement]?,
    _ function: (GeometricTensor) -> GeometricTensor
  ) -> EquivarianceReport {
    let space = input.type.space
    let tested = elements ?? Self.defaultElements(of: space).filter { output.space.element($0, of: space) != nil }
    // Rounding is what is measured here.
    return Torch.withFullPrecision {
      withoutGradient {
        let straight = function(input)
        let needsSmooth = tested.contains { space.latticeAction(of: $0) == nil }
        let straightSmooth = needsSmooth ? function(smooth) : straight
        let errors = tested.map { element in
          let isLattice = space.latticeAction(of: element) != nil
          let (source, result) = isLattice ? (input, straight) : (smooth, straightSmooth)
          let expected = transformed(result, by: element, of: space)
          let found = function(source.transformed(by: element, interpolation: interpolation))
          let difference = Difference(
            found: found.tensor, expected: expected.tensor, interior: isLattice ? nil : interior)
          return ElementError(
            element: Self.label(element, in: space.group), isLattice: isLattice,
            degrees: element.angle(in: space.group) * 180 / .pi, maximum: difference.maximum, mean: difference.mean,
            relative: difference.relative)
        }
        return EquivarianceReport(
          name: name, inputType: "\(input.type)", outputType: "\(output)", inputShape: Array(input.shape),
          outputShape: Array(straight.shape), dtype: "\(dtype)", errors: errors, warning: nil)
      }
    }
  }

  /// Transforms the output by an element of the input's group, or of the output's when that is a subgroup's space.
  private func transformed(_ output: GeometricTensor, by element: GroupElement, of space: GSpace) -> GeometricTensor {
    guard let same = output.type.space.element(element, of: space) else {
      fail(
        "EquivarianceTester",
        "the output on \(output.type.space) has no element for \(Self.label(element, in: space.group)); name the elements"
      )
    }
    return output.transformed(by: same, interpolation: interpolation)
  }

  /// All elements of a finite group; every 45° (and reflections that include those of the pixel grid) of a
  /// continuous one.
  public static func defaultElements(of space: GSpace) -> [GroupElement] {
    let group = space.group
    if !group.isContinuous { return group.elements }
    let angles = (0..<8).map { Double($0) * .pi / 4 }
    let rotations = angles.map { group.element(angle: $0) }
    guard group.hasReflections else { return rotations }
    return rotations + angles.map { group.element(angle: $0 - 2 * space.axis, reflected: true) }
  }

  /// A short name of an element.
  static func label(_ element: GroupElement, in group: Group) -> String {
    let rotation: String
    if let step = element.step {
      rotation = step == 0 ? "" : "r\(step)"
    } else {
      let degrees = (element.angle(in: group) * 180 / .pi * 100).rounded() / 100
      rotation = degrees == 0 ? "" : "r(\(degrees)°)"
    }
    if element.isReflected { return rotation.isEmpty ? "f" : rotation + "·f" }
    return rotation.isEmpty ? "e" : rotation
  }
}

import EquivarianceTesting
import EquivariantLayers
import Foundation
import Layers
import Symmetry
import Tensors
import Testing

struct EquivarianceTesterTests {
  private func layer(_ space: GSpace, kernelSize: Int = 5) -> R2Conv {
    var rng = Generator(seed: 0)
    return R2Conv(
      from: FieldType(space, 1 * space.trivial), to: FieldType(space, 2 * space.regular), kernelSize: kernelSize,
      padding: kernelSize / 2, rng: &rng)
  }

  /// A tester that passes everything would pass these.
  @Test(arguments: EquivarianceControl.allCases, [GSpace.rotations(4), .dihedral(4), .flips()])
  func controlsFail(_ control: EquivarianceControl, _ space: GSpace) {
    let layer = layer(space)
    layer.to(.float64)
    let tester = EquivarianceTester(size: 9)
    #expect(tester.report(layer).isLatticeExact(tolerance: 1e-9))
    let report = tester.report(
      name: control.rawValue, from: layer.inputType, to: layer.outputType, control.function(of: layer))
    #expect(!report.isLatticeExact(tolerance: 1e-2), "\(report)")
    #expect(report.latticeRelative > 0.1)
  }

  /// A result that is not a number is no success.
  @Test func notANumberFails() {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, c4.trivial)
    let report = EquivarianceTester(size: 5).report(name: "nan", from: type, to: type) {
      GeometricTensor($0.tensor * Double.nan, type)
    }
    #expect(!report.isLatticeExact(tolerance: 1))
    #expect(throws: Never.self) { try JSONEncoder().encode(report) }
  }

  @Test func wrongFiberActionFails() {
    let c4 = GSpace.rotations(4)
    let layer = layer(c4)
    layer.to(.float64)
    let claimed = FieldType(c4, 8 * c4.trivial)
    let report = EquivarianceTester(size: 9).report(name: "claim", from: layer.inputType, to: claimed) {
      GeometricTensor(layer($0).tensor, claimed)
    }
    #expect(!report.isLatticeExact(tolerance: 1e-2))
  }

  /// Resampled elements are close on smooth images, and far for a plain convolution.
  @Test func resampledElementsAreClose() {
    let c8 = GSpace.rotations(8)
    let layer = layer(c8)
    layer.to(.float64)
    let tester = EquivarianceTester(size: 41)
    let elements = [c8[1], c8[3], c8[5]]
    let good = tester.report(layer, elements: elements)
    #expect(good.resampledErrors.count == 3)
    #expect(good.resampledRelative < 0.03, "\(good)")
    let bad = tester.report(
      name: "plain", from: layer.inputType, to: layer.outputType, elements: elements,
      EquivarianceControl.plainConvolution.function(of: layer))
    #expect(bad.resampledRelative > 0.3, "\(bad)")
  }

  @Test func layersOneByOne() {
    let c4 = GSpace.rotations(4)
    let (image, hidden) = (FieldType(c4, c4.trivial), FieldType(c4, 2 * c4.regular))
    var rng = Generator(seed: 1)
    let network = SequentialModule(
      R2Conv(from: image, to: hidden, kernelSize: 3, padding: 1, rng: &rng), ReLU(hidden),
      PointwiseMaxPool(hidden, kernelSize: 2), R2Conv(from: hidden, to: hidden, kernelSize: 3, rng: &rng))
    let reports = EquivarianceTester(size: 9).layerByLayer(network)
    #expect(reports.map(\.name) == ["R2Conv", "ReLU", "PointwiseMaxPool", "R2Conv"])
    let exact = reports.map { $0.own.isLatticeExact(tolerance: 1e-9) }
    #expect(exact == [true, true, false, true])
    #expect(reports[2].own.warning?.contains("PointwiseMaxPool") == true)
    let accumulated = reports.map { $0.accumulated.isLatticeExact(tolerance: 1e-9) }
    #expect(accumulated == [true, true, false, false])
    // The test leaves the module as it was.
    #expect(network.isTraining)
    #expect(network.parameters.allSatisfy { $0.parameter.value.dtype == .float32 })
  }

  @Test func curves() throws {
    let c8 = GSpace.rotations(8)
    let network = SequentialModule([layer(c8), ReLU(layer(c8).outputType), GroupPooling(layer(c8).outputType)])
    let curve = EquivarianceTester(size: 33).curve(network, degrees: EquivarianceTester.angles(every: 22.5))
    #expect(curve.points.count == 16)
    for point in curve.points {
      #expect(point.isInGroup == (point.degrees.truncatingRemainder(dividingBy: 45) == 0))
      if point.isLattice {
        #expect(point.maximum < 1e-9)
      } else {
        #expect(point.relative < 0.2 && point.maximum > 1e-9)
      }
    }
    let data = try JSONEncoder().encode(curve)
    #expect(try JSONDecoder().decode(EquivarianceCurve.self, from: data) == curve)
  }

  @Test func reportsAreCodable() throws {
    let report = EquivarianceTester(size: 5).report(layer(.rotations(4), kernelSize: 3))
    #expect(report.errors.map(\.element) == ["e", "r1", "r2", "r3"])
    let data = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(EquivarianceReport.self, from: data) == report)
    #expect(report.description.contains("exact on the grid"))
  }

  /// Continuous groups are tested at the elements of the grid and between.
  @Test(arguments: [GSpace.so2, .o2, .o2(axis: 1)])
  func continuousGroups(_ space: GSpace) {
    var rng = Generator(seed: 0)
    let irreps = space.group.irreps(maximumFrequency: 2).map { Representation($0) }
    let layer = R2Conv(
      from: FieldType(space, space.trivial), to: FieldType(space, irreps), kernelSize: 5, rng: &rng)
    let report = EquivarianceTester(size: 31).report(layer)
    #expect(report.latticeErrors.count == (space.group.hasReflections ? 8 : 4))
    #expect(report.isLatticeExact(tolerance: 1e-9), "\(report)")
    #expect(report.resampledRelative < 0.05, "\(report)")
  }
}

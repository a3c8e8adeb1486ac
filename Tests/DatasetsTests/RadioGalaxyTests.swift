import Datasets
import Foundation
import Interchange
import Testing

@Suite struct RadioGalaxyTests {
  private let simulator: RadioGalaxySimulator

  init() throws { simulator = try RadioGalaxySimulator() }

  /// Second moments of an image about its center of light, and the direction of its long axis from the vertical.
  private func axis(_ image: [Float], side: Int) -> (length: Double, degrees: Double) {
    var (total, x, y, xx, xy, yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for (index, value) in image.enumerated() where value > 0 {
      let (weight, column, row) = (Double(value), Double(index % side), Double(side - 1 - index / side))
      total += weight
      x += weight * column
      y += weight * row
      xx += weight * column * column
      xy += weight * column * row
      yy += weight * row * row
    }
    (x, y) = (x / total, y / total)
    let (a, b, c) = (xx / total - x * x, xy / total - x * y, yy / total - y * y)
    let angle = 0.5 * atan2(2 * b, a - c)
    let large = (a + c) / 2 + ((a - c) * (a - c) / 4 + b * b).squareRoot()
    return (large.squareRoot(), angle * 180 / .pi - 90 + (angle < 0 ? 180 : 0))
  }

  @Test func seedsGiveTheSameImages() throws {
    let first = simulator.dataset(count: 24, seed: 11)
    #expect(first == simulator.dataset(count: 24, seed: 11))
    #expect(first.images != simulator.dataset(count: 24, seed: 12).images)
    // Image i does not depend on how many there are.
    #expect(simulator.dataset(count: 9, seed: 11).images == first.prefix(9).images)
    #expect(first.labels.prefix(4) == [0, 1, 0, 1])
    var rng = SeededGenerator(seed: 3)
    var copy = rng
    #expect(simulator.image(label: 1, using: &rng) == simulator.image(label: 1, using: &copy))
    let splits = simulator.splits(training: 8, validation: 4, test: 8, seed: 5)
    #expect(splits.training.images != splits.test.images)
    #expect(splits.validation.count == 4)
    #expect(splits == simulator.splits(training: 8, validation: 4, test: 8, seed: 5))
  }

  /// Pinned, because results are quoted for the built-in data: sum, brightest pixel, pixels above 0 of four images.
  @Test func pinnedImages() {
    let data = simulator.dataset(count: 4, seed: 2024)
    let pinned: [(sum: Float, brightest: Int, bright: Int)] = [
      (38.0206, 346, 150), (45.4823, 313, 114), (40.9697, 478, 115), (30.8327, 313, 65),
    ]
    for (index, expected) in pinned.enumerated() {
      let image = data.image(index)
      #expect(abs(image.reduce(0, +) - expected.sum) < 0.001)
      #expect(image.firstIndex(of: 1) == expected.brightest)
      #expect(image.count { $0 > 0 } == expected.bright)
    }
  }

  @Test func valuesLieBetweenZeroAndOne() {
    let data = simulator.dataset(count: 40, seed: 2)
    for index in 0..<data.count {
      let image = data.image(index)
      #expect(image.max() == 1)
      #expect(image.allSatisfy { $0 >= 0 && $0 <= 1 })
      // Most of the sky is empty after clipping.
      #expect(image.count { $0 == 0 } > image.count / 2)
    }
  }

  @Test func classesAgreeInFluxAndExtent() {
    let data = simulator.dataset(count: 600, seed: 4)
    let side = data.imageShape.width
    var sums: [[Double]] = [[], []]
    var lengths: [[Double]] = [[], []]
    for index in 0..<data.count {
      let image = data.image(index)
      sums[data.labels[index]].append(Double(image.reduce(0, +)))
      lengths[data.labels[index]].append(axis(image, side: side).length)
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func deviation(_ values: [Double]) -> Double {
      let center = mean(values)
      return mean(values.map { ($0 - center) * ($0 - center) }).squareRoot()
    }
    // Neither number tells the classes apart: the means differ by less than the scatter.
    #expect(abs(mean(sums[0]) - mean(sums[1])) < 0.6 * deviation(sums[0]))
    #expect(abs(mean(lengths[0]) - mean(lengths[1])) < 1.5 * deviation(lengths[0]))
  }

  @Test func axesAreUprightUnlessAskedOtherwise() throws {
    let side = simulator.imageShape.width
    var parameters = RadioGalaxyParameters()
    parameters.backgroundSources = 0
    let upright = try RadioGalaxySimulator(parameters).dataset(count: 100, seed: 6)
    let angles = (0..<100).map { axis(upright.image($0), side: side).degrees }
    #expect(angles.count { abs($0) < 20 } > 85)
    parameters.orientation = 60
    let tilted = try RadioGalaxySimulator(parameters).dataset(count: 100, seed: 6)
    #expect((0..<100).map { axis(tilted.image($0), side: side).degrees }.count { abs($0 - 60) < 20 } > 85)
    parameters.isOrientationUniform = true
    let uniform = try RadioGalaxySimulator(parameters).dataset(count: 100, seed: 6)
    let all = (0..<100).map { axis(uniform.image($0), side: side).degrees }
    #expect((10...40).contains(all.count { abs($0) < 22.5 }))
  }

  /// What tells the classes apart: where along its bright part an arm is brightest.
  @Test func edgesAreDarkOrBright() throws {
    var parameters = RadioGalaxyParameters()
    parameters.signalToNoise = .init(4000, 4000)
    parameters.clumpiness = 0
    parameters.orientationScatter = 0
    parameters.positionScatter = 0
    parameters.bendAngle = 0
    parameters.curvature = 0
    parameters.backgroundSources = 0
    parameters.lengthAsymmetry = 0
    parameters.armLength = .init(24, 24)
    parameters.gapFraction = .init(0.2, 0.2)
    parameters.fadingScale = .init(0.4, 0.4)
    parameters.coreShare = .init(0.01, 0.01)
    let data = try RadioGalaxySimulator(parameters).dataset(count: 40, seed: 1)
    let side = parameters.side
    for index in 0..<data.count {
      let image = data.image(index)
      // Light in the outer and in the inner half of the arms, 13.3 pixels long.
      var (inner, outer) = (0.0, 0.0)
      for row in 0..<side {
        let distance = abs(row - side / 2)
        let light = Double(image[(row * side)..<((row + 1) * side)].reduce(0, +))
        if (3..<8).contains(distance) { inner += light }
        if (9..<14).contains(distance) { outer += light }
      }
      #expect((data.labels[index] == 0) == (inner > outer), "image \(index): \(inner), \(outer)")
    }
  }

  @Test func wrongParameters() {
    func check(_ part: String, _ change: (inout RadioGalaxyParameters) -> Void) {
      var parameters = RadioGalaxyParameters()
      change(&parameters)
      expectDatasetError(part) { _ = try RadioGalaxySimulator(parameters) }
    }
    check("side is 32; expected an odd number") { $0.side = 32 }
    check("beamMajor is 2.0") { $0.beamMajor = 2 }
    check("pixelScale is 0.0") { $0.pixelScale = 0 }
    check("orientationScatter is -1.0") { $0.orientationScatter = -1 }
    check("bendAngle is nan") { $0.bendAngle = .nan }
    check("armLength is [30.0, 20.0]; expected a growing pair") { $0.armLength = .init(30, 20) }
    check("coreShare is [0.0, 0.1]") { $0.coreShare = .init(0, 0.1) }
    check("correlatedNoise is 2.0; expected 0 to 1") { $0.correlatedNoise = 2 }
  }

  @Test func parametersAreCodable() throws {
    var parameters = RadioGalaxyParameters.allDirections
    parameters.armLength = .init(12, 20)
    let data = try JSONEncoder().encode(parameters)
    #expect(String(decoding: data, as: UTF8.self).contains("\"armLength\":[12,20]"))
    #expect(try JSONDecoder().decode(RadioGalaxyParameters.self, from: data) == parameters)
  }

  /// The noise has unit variance before scaling, with neighbors correlated by the beam.
  @Test func noise() throws {
    var parameters = RadioGalaxyParameters()
    parameters.signalToNoise = .init(1e-3, 1e-3)
    parameters.clippingLevel = 0
    parameters.correlatedNoise = 0.7
    let side = parameters.side
    let data = try RadioGalaxySimulator(parameters).dataset(count: 30, seed: 8)
    var (own, neighbor, count) = (0.0, 0.0, 0.0)
    for index in 0..<data.count {
      let image = data.image(index).map(Double.init)
      for position in 0..<(side * side - 1) where position % side < side - 1 {
        own += image[position] * image[position]
        neighbor += image[position] * image[position + 1]
        count += 1
      }
    }
    let correlation = neighbor / own
    // Between neighbors: 0.7 exp(-1 / (4 σ²)) with σ about 1.35 pixels.
    #expect(abs(correlation - 0.61) < 0.05)
    #expect(count > 0)
  }
}

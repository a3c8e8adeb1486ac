import Datasets
import Experiments
import Foundation
import Layers
import Tensors
import Testing
import Training

/// Many passes with dropout, the overlap index, its table and the comparison of two.
struct RotationTestTests {
  // MARK: - The overlap index

  /// Values of the formula in NumPy: 100 points from 0 to 1, a hundredth each, Gaussians of width 0.1.
  @Test(arguments: [
    ([0.5], [0.5], 0.1, 0.9899995686339823), ([0], [0], 0.1, 0.5149471140200717),
    ([0.1], [0.9], 0.1, 6.226019124964794e-05),
    ([0.4], [0.6], 0.1, 0.31393360099329126), ([0.2, 0.35, 0.5], [0.8, 0.65, 0.5], 0.1, 0.37492529494983884),
    ([0.99, 0.98, 0.7, 0.6], [0.01, 0.02, 0.3, 0.4], 0.1, 0.08972262228646068),
    ([0.4], [0.6], 0.05, 0.04468212272056073),
  ])
  func theIndexIsThatOfTheFormula(_ first: [Double], _ second: [Double], _ bandwidth: Double, _ golden: Double) {
    let index = OverlapIndex(bandwidth: bandwidth)
    #expect(abs(index(first, second) - golden) <= 1e-12)
    #expect(abs(index(second, first) - golden) <= 1e-12)
  }

  /// Two Gaussians a distance d apart share 2Φ(-d / 2β) of their area; the points lie 1/99 apart and count as 1/100.
  @Test(arguments: [0.05, 0.1, 0.2, 0.3])
  func twoGaussiansShareTheirTails(_ distance: Double) {
    let index = OverlapIndex(bandwidth: 0.05, points: 1000)
    let expected = erfc(distance / (2 * 0.05) / 2.0.squareRoot()) * 999 / 1000
    #expect(abs(index([0.5 - distance / 2], [0.5 + distance / 2]) - expected) <= 1e-4)
  }

  // MARK: - Passes with dropout

  /// Six small images of two classes.
  private static let data: ImageDataset = {
    var rng = SeededGenerator(seed: 5)
    let images = (0..<6 * 27 * 27).map { _ in Float.random(in: 0...1, using: &rng) }
    do {
      return try ImageDataset(
        name: "noise", images: images, labels: [0, 1, 0, 1, 1, 0], classNames: ["FRI", "FRII"],
        imageShape: ImageShape(height: 27, width: 27))
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  private func network(_ kind: RadioGalaxyModelConfiguration.Kind) throws -> any ImageClassifier {
    try RadioGalaxyModelTests.network(kind, side: 27)
  }

  @Test(arguments: [RadioGalaxyModelConfiguration.Kind.vanillaLeNet, .dnSteerableLeNet, .dnRestrictedLeNet])
  func passesAreRandomAndRepeatable(_ kind: RadioGalaxyModelConfiguration.Kind) throws {
    let model = try network(kind)
    model.train()
    let before = model.generators.map(\.state.bytes)
    let images = Self.data.tensors().images
    let dropout = MonteCarloDropout(passes: 7, seed: 3)
    let first = try dropout.sampling(model) { $0(images) }
    #expect(first.shape == [7, 6, 2])
    #expect((first.sum(along: 2) - 1).abs().max().item() <= 1e-5)
    #expect(first.select(0, index: 0).maxAbsDifference(to: first.select(0, index: 1)) > 1e-5)
    let again = try dropout.sampling(model) { $0(images) }
    #expect(again.maxAbsDifference(to: first) == 0)
    let other = try MonteCarloDropout(passes: 7, seed: 4).sampling(model) { $0(images) }
    #expect(other.maxAbsDifference(to: first) > 1e-5)
    // Neither modes nor generators are touched, and no gradient is recorded.
    let modes = model.modules.map(\.isTraining)
    #expect(!modes.contains(false))
    #expect(model.generators.map(\.state.bytes) == before)
    #expect(!first.requiresGradient)
  }

  /// The short way (everything before dropout once) and the long one have the same distribution.
  @Test func theMeanOfManyPassesIsThatOfWholePasses() throws {
    let model = try network(.vanillaLeNet)
    let images = Self.data.tensors().images
    let short = try MonteCarloDropout(passes: 4000, seed: 1).sampling(model) { $0(images) }
    let long = withoutGradient {
      Tensor.stacked((0..<400).map { _ in model(images).softmax(along: 1) })
    }
    let scale = short.select(2, index: 0).contiguous().scalars(as: Double.self)
    let spread = scale.map { ($0 - scale[0]) * ($0 - scale[0]) }.reduce(0, +) / Double(scale.count)
    #expect(short.mean(along: 0).maxAbsDifference(to: long.mean(along: 0)) <= 5 * (spread / 400).squareRoot() + 1e-3)
  }

  @Test func aNetworkWithoutDropoutIsRefused() throws {
    var rng = Generator(seed: 1)
    let plain = try VanillaLeNet(
      RadioGalaxyModelConfiguration(kind: .vanillaLeNet, dropout: 0), imageShape: Self.data.imageShape, classes: 2,
      rng: &rng)
    #expect(throws: ModelError.noDropout) { try MonteCarloDropout().evaluate(plain, on: Self.data) }
    #expect(throws: ModelError.noDropout) { try RotationTest().run(plain, on: Self.data) }
  }

  @Test func bothRulesOfPredictionCountAllImages() throws {
    let model = try network(.dnSteerableLeNet)
    let dropout = MonteCarloDropout(passes: 9, seed: 2)
    let samples = try dropout.sampling(model) { $0(Self.data.tensors().images) }
    for (prediction, decisive) in [
      (MonteCarloDropout.Prediction.mean, samples.mean(along: 0)), (.lastPass, samples.select(0, index: 8)),
    ] {
      let evaluation = try #require(
        try dropout.evaluate(model, on: Self.data, prediction: prediction, batchSize: 64))
      let predictions = decisive.argmax(along: 1).scalars(as: Int.self)
      let correct = zip(predictions, Self.data.labels).count { $0 == $1 }
      #expect(evaluation.count == 6)
      #expect(abs(evaluation.accuracy - Double(correct) / 6) <= 1e-12)
    }
    #expect(try dropout.evaluate(model, on: Self.data, shouldStop: { true }) == nil)
  }

  // MARK: - The test

  @Test func theTestTellsOfEverySourceAndAngle() throws {
    let model = try network(.cnSteerableLeNet)
    let test = RotationTest(degrees: [0, 90, 180], dropout: MonteCarloDropout(passes: 12, seed: 1))
    var done = 0
    let result = try #require(try test.run(model, on: Self.data, batchSize: 4, progress: { done = $0 }))
    #expect(done == 3 && result.sources.count == 6 && result.degrees == [0, 90, 180])
    let upright = model.evaluating {
      withoutGradient { model(Self.data.tensors().images).softmax(along: 1).scalars(as: Double.self) }
    }
    for (index, source) in result.sources.enumerated() {
      #expect(source.target == Self.data.labels[index])
      #expect(zip(source.probabilities, upright[(2 * index)...]).allSatisfy { abs($0 - $1) <= 1e-6 })
      #expect(source.samples.count == 3 && source.samples.allSatisfy { $0.map(\.count) == [12, 12] })
      for (samples, overlap) in zip(source.samples, source.overlaps) {
        #expect(zip(samples[0], samples[1]).allSatisfy { abs($0 + $1 - 1) <= 1e-5 })
        #expect(overlap == OverlapIndex()(samples[0], samples[1]))
      }
    }
    let means = result.sources.map(\.meanOverlap)
    #expect(abs(result.meanOverlap - means.reduce(0, +) / 6) <= 1e-12)
    #expect(try test.run(model, on: Self.data, shouldStop: { true }) == nil)
  }

  @Test func otherNumbersOfClassesAreRefused() throws {
    let three = try ImageDataset(
      name: "three", images: Self.data.images, labels: Self.data.labels, classNames: ["a", "b", "c"],
      imageShape: Self.data.imageShape)
    #expect(throws: ModelError.notTwoClasses(found: 3)) {
      try RotationTest().run(try network(.vanillaLeNet), on: three)
    }
  }

  // MARK: - The table

  private static let table = OverlapTable(rows: [
    .init(target: 0, probabilities: [0.75, 0.25], meanOverlap: 0.125, overlapDeviation: 0.0625),
    .init(target: 1, probabilities: [0.1, 0.9], meanOverlap: 0.005, overlapDeviation: 1e-05),
    .init(target: 1, probabilities: [0.6, 0.4], meanOverlap: 0.5, overlapDeviation: 0.25),
  ])

  @Test func theFileHasThePublishedForm() throws {
    #expect(
      Self.table.csv == """
        target,softmax prob,average overlap,overlap variance
        0,[0.75 0.25],0.125,0.0625
        1,[0.1 0.9],0.005,1e-05
        1,[0.6 0.4],0.5,0.25

        """)
    #expect(try OverlapTable(csv: Self.table.csv) == Self.table)
    // As NumPy prints them.
    let printed = "target,softmax prob,average overlap,overlap variance\n0,[9.9987e-01 1.3e-04],0.01,0.02\n"
    #expect(try OverlapTable(csv: printed).rows[0].probabilities == [0.99987, 0.00013])
    try Samples.withFolder { folder in
      let url = folder.appending(path: "overlap.csv")
      try Self.table.write(to: url)
      #expect(try OverlapTable(contentsOf: url) == Self.table)
    }
  }

  @Test(arguments: [
    ("", "line 1"), ("a,b\n", "header"), ("HEADER\n", "no source"), ("HEADER\n0,[1 0],0.1\n", "line 2: has 3 fields"),
    ("HEADER\n2,[1 0],0.1,0\n", "target is \"2\""), ("HEADER\n0,[1],0.1,0\n", "[0.9 0.1]"),
    ("HEADER\n0,1 0,0.1,0\n", "[0.9 0.1]"), ("HEADER\n0,[1 0],-0.1,0\n", "at least 0"),
    ("HEADER\n0,[1 0],0.1,nan\n", "at least 0"), ("HEADER\n0,[inf 0],0.1,0\n", "[0.9 0.1]"),
  ])
  func wrongTablesAreTold(_ text: String, _ message: String) {
    let error = #expect(throws: DatasetError.self) {
      try OverlapTable(csv: text.replacing("HEADER", with: OverlapTable.header))
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  // MARK: - The comparison

  @Test func whatChangedIsCounted() throws {
    let other = OverlapTable(rows: [
      .init(target: 0, probabilities: [0.9, 0.1], meanOverlap: 0.025, overlapDeviation: 0.0625),
      .init(target: 1, probabilities: [0.2, 0.8], meanOverlap: 0.0125, overlapDeviation: 0.01),
      .init(target: 1, probabilities: [0.3, 0.7], meanOverlap: 0.6, overlapDeviation: 0.05),
    ])
    let comparison = try OverlapComparison(Self.table, other)
    #expect(comparison.improved.sources == [0] && comparison.worse.sources == [2])
    #expect(abs(comparison.improved.meanDifference - 0.1) <= 1e-12 && comparison.improved.meanClass == 0)
    #expect(abs(comparison.worse.meanDifference + 0.1) <= 1e-12 && comparison.worse.meanClass == 1)
    #expect(comparison.certain == [1, 0])
    #expect(comparison.sources.map(\.predictions) == [[0, 0], [1, 1], [0, 1]])
    #expect(comparison.ranked() == [2, 0, 1] && comparison.ranked(reversed: true) == [1, 0, 2])
    #expect(comparison.summary("A", "B").contains("1 of 3 sources are surer"))
    let same = try OverlapComparison(Self.table, Self.table)
    #expect(same.improved.count == 0 && same.worse.count == 0 && same.improved.meanDifference == 0)
    #expect(same.summary("A", "B").contains("no source is surer"))
  }

  @Test func tablesOfOtherImagesAreNotCompared() {
    #expect(throws: DatasetError.self) {
      try OverlapComparison(Self.table, OverlapTable(rows: Array(Self.table.rows.prefix(2))))
    }
    #expect(throws: DatasetError.self) {
      try OverlapComparison(Self.table, OverlapTable(rows: Self.table.rows.reversed()))
    }
  }
}

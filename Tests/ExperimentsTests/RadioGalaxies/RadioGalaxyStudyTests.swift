import Datasets
import Experiments
import Foundation
import Interchange
import OrderedCollections
import Testing
import Training

/// The radio-galaxy study, on a few made-up sources in the form of the published file.
struct RadioGalaxyStudyTests {
  /// `mirabest_full.npz` with ten blobs of each confident class: one in the middle, or two apart.
  private static func writeSources(to folder: URL, count: Int = 40) throws {
    let side = 150
    var images: [UInt8] = []
    var labels: [UInt8] = []
    var batches: [UInt8] = []
    for index in 0..<count {
      let isSecond = index % 2 == 1
      let angle = Double(index) * 0.7
      let offset = isSecond ? 12.0 : 3.0
      var image = [UInt8](repeating: 0, count: side * side)
      for row in 0..<side {
        for column in 0..<side {
          let (x, y) = (Double(column) - 74.5, Double(row) - 74.5)
          let value = [-1.0, 1].reduce(0) { sum, sign in
            let (dx, dy) = (x - sign * offset * cos(angle), y - sign * offset * sin(angle))
            return sum + exp(-(dx * dx + dy * dy) / 18)
          }
          image[row * side + column] = UInt8(min(255, 200 * value))
        }
      }
      images += image
      labels.append(isSecond ? 5 : 0)
      batches.append(index < count * 3 / 4 ? UInt8(index % 7) : 7)
    }
    try NumPy.write(
      [
        "images": HostArray(.uint8, shape: [count, side, side], bytes: images),
        "labels": HostArray(.uint8, shape: [count], bytes: labels),
        "batch": HostArray(.uint8, shape: [count], bytes: batches),
      ], to: folder.appending(path: "mirabest_full.npz"))
  }

  private static let overrides = [
    "data.crop=26", "data.training=22", "data.validation=8", "data.test=10", "training.batchSize=11",
    "training.threads=1",
  ]

  private static func study(_ folder: URL, models: String = "vanilla,c4,d4-restricted,vanilla-norot", epochs: Int = 4)
    throws
    -> RadioGalaxyStudy
  {
    try RadioGalaxyStudy(
      output: folder.appending(path: "study").path, models: models, seeds: 2, epochs: epochs, data: folder.path,
      overrides: overrides, passes: 5, command: "steerable study radio-galaxies")
  }

  /// Asks for a stop after so many epochs.
  private final class Stopper: TrainingObserver {
    let signal = StopSignal()
    private var left: Int
    init(afterEpochs count: Int) { left = count }
    func receive(_ event: TrainingEvent) {
      guard case .epoch = event else { return }
      left -= 1
      if left == 0 { signal.request() }
    }
  }

  @Test func aStudyGoesOnWhereItStopped() throws {
    try Samples.withFolder { folder in
      try Self.writeSources(to: folder)
      // Stopped in the middle of the second run.
      let stopper = Stopper(afterEpochs: 6)
      #expect(try Self.study(folder).run(stop: stopper.signal, observers: [stopper]) == nil)
      let runs = folder.appending(path: "study/runs")
      func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: runs.appending(path: path).path) }
      #expect(exists("vanilla/seed-0/result.json") && exists("c4/seed-0/checkpoints/last.safetensors"))
      #expect(!exists("c4/seed-0/result.json"))
      let first = try Data(contentsOf: runs.appending(path: "vanilla/seed-0/result.json"))

      var lines: [String] = []
      let results = try #require(try Self.study(folder).run(note: { lines.append($0) }))
      #expect(try Data(contentsOf: runs.appending(path: "vanilla/seed-0/result.json")) == first)
      #expect(!lines.contains { $0.contains("vanilla/seed-0") } && lines.contains { $0.contains("c4/seed-0") })
      #expect(results.networks.map(\.label) == ["{e}", "C4", "D4 in layer 1", "{e}, upright"])
      // The reduced study's network stands beside the published one of its kind.
      #expect(results.rows.map { $0[10] } == ["94.04", "96.07 (C16)", "–", "–"])
      #expect(results.rows.map { $0[11] } == ["2.96, 3.24", "1.76, 2.33 (C16)", "–", "–"])
      #expect(results.rows.allSatisfy { $0.count == RadioGalaxyResults.header.count })
      #expect(results.networks.allSatisfy { $0.runs.map(\.seed) == [0, 1] && $0.accuracy.count == 2 })
      for network in results.networks {
        for run in network.runs {
          #expect(run.test.count == 10 && run.monteCarlo.count == 10)
          #expect(run.errors(ofClass: 0) + run.errors(ofClass: 1) == Int((10 * (1 - run.test.accuracy)).rounded()))
          #expect((0...1).contains(run.meanOverlap) && (0...1).contains(run.rotatedAccuracy))
        }
      }
      // A run that was stopped and resumed is the one that was never stopped.
      try Samples.withFolder { other in
        try Self.writeSources(to: other)
        let whole = try #require(try Self.study(other, models: "c4").run())
        #expect(whole.networks[0].runs[0].test == results.networks[1].runs[0].test)
        #expect(whole.networks[0].runs[0].meanOverlap == results.networks[1].runs[0].meanOverlap)
      }
      try checkFiles(folder.appending(path: "study"), results)
    }
  }

  private func checkFiles(_ folder: URL, _ results: RadioGalaxyResults) throws {
    let pictures = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "pictures").path)
    let drawn = Set(pictures.filter { $0.hasSuffix(".png") }.map { $0.dropLast(4) })
    #expect(drawn == Set(pictures.filter { $0.hasSuffix(".svg") }.map { $0.dropLast(4) }))
    for name in [
      "misclassified", "loss_vanilla", "validation_loss_cn", "validation_error_cn", "validation_loss_without_rotation",
      "validation_loss_restricted", "overlap_histogram_c4", "overlap_scatter", "ranked", "ranked_reversed",
      "rotation_test_vanilla", "overlap_densities", "source_9",
    ] {
      #expect(drawn.contains(Substring(name)), "\(name)")
    }
    #expect(pictures.filter { $0.hasSuffix(".gif") }.count == 4)
    for path in [
      "runs/c4/seed-1/loss.png", "runs/c4/seed-1/error.svg", "runs/c4/seed-1/overlap.csv", "overlap_comparison.json",
    ] {
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: path).path), "\(path)")
    }
    let page = try String(contentsOf: folder.appending(path: "report.html"), encoding: .utf8)
    for text in [
      "How to reproduce", "steerable study radio-galaxies", "94.04", "kind: cn-steerable-lenet", "LibTorch",
      "data:image/gif",
    ] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(!page.contains("src=\"http"))
    let saved = try JSONDecoder().decode(
      RadioGalaxyResults.self, from: Data(contentsOf: folder.appending(path: "results.json")))
    #expect(saved.rows == results.rows)
  }

  @Test func otherSettingsNeedAnotherFolder() throws {
    try Samples.withFolder { folder in
      try Self.study(folder).folder.begin()
      #expect(throws: StudyError.self) { try Self.study(folder, epochs: 5) }
      // More networks are the same study.
      _ = try Self.study(folder, models: "vanilla,c4,d4")
    }
  }

  /// What can be known before the first training leaves nothing behind.
  @Test(arguments: [
    ("training.batchSize=21", "leave a batch of one image"), ("data.test=11", "data.test asks for 11"),
    ("data.test=10", "MiraBest"),
  ])
  func aRefusedStudyLeavesNothing(_ override: String, _ message: String) throws {
    try Samples.withFolder { folder in
      if override != "data.test=10" { try Self.writeSources(to: folder) }
      let before = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      let study = try RadioGalaxyStudy(
        output: folder.appending(path: "study").path, models: "vanilla,c4", seeds: 1, epochs: 1, data: folder.path,
        overrides: Self.overrides + [override])
      #expect { try study.run() } throws: { "\($0)".contains(message) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == before)
    }
  }

  @Test(arguments: [
    ("", "vanilla"), ("c", "c16"), ("c0", "1 to 64"), ("c99", "1 to 64"), ("c04", "c16"), ("e8", "c16"),
    ("c8-restricted", "c16"),
    ("vanilla,vanilla", "twice"), ("c8,", "c16"), ("d8-norot-restricted", "c16"),
  ])
  func unknownNetworksAreTold(_ models: String, _ message: String) {
    let error = #expect(throws: StudyError.self) { try RadioGalaxyNetwork.list(models) }
    #expect(error?.description.hasPrefix("--models") == true)
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func namesAreUnderstood() throws {
    let networks = try RadioGalaxyNetwork.list("vanilla, C16,d16,d16-restricted,hmtnet,d16-norot")
    #expect(networks.map(\.label) == ["{e}", "C16", "D16", "D16 in layer 1", "HMTNet", "D16, upright"])
    #expect(networks.map(\.isAugmented) == [true, true, true, true, true, false])
  }

  @Test func thePublishedPresetIsThePublishedStudy() throws {
    try Samples.withFolder { folder in
      let study = try RadioGalaxyStudy(output: folder.appending(path: "s").path, preset: .full, models: "vanilla,c2")
      #expect(study.epochs == 600 && study.seeds == 5)
      #expect(RadioGalaxyPreset.full.networks == "vanilla,c16,d16")
    }
  }

  @Test(arguments: RadioGalaxyPreset.allCases) func otherSourcesAreASettingAway(preset: RadioGalaxyPreset) throws {
    try Samples.withFolder { folder in
      for survey in ["first", "nvss"] {
        _ = try RadioGalaxyStudy(
          output: folder.appending(path: survey).path, preset: preset, models: "vanilla,d4",
          overrides: ["data.kind=fr-deep", "data.survey=\(survey)"])
      }
      let hybrid = ["data.selection=hybrid"]
      _ = try RadioGalaxyStudy(output: folder.appending(path: "h").path, preset: preset, overrides: hybrid)
    }
  }

  // MARK: - Curves

  @Test func bandsAreMovingAverages() {
    let band = CurveBand(epochs: [1, 2, 3, 4], curves: [[1, 3, 5, 9], [3, 3, 1, 1]], window: 2)
    #expect(band.epochs == [1.5, 2.5, 3.5])
    #expect(band.mean == [2.5, 3, 4])
    // Deviations are 1, 0, 2, 4 epoch by epoch, and averaged like the means.
    #expect(band.deviation == [0.5, 1, 3])
    let short = CurveBand(epochs: [1, 2, 3], curves: [[1, 2, 3], [1, 2]], window: 10)
    #expect(short.mean == [1.5])
  }

  @Test func curvesNeedARun() throws {
    try Samples.withFolder { folder in
      try RunDirectoryFixture.write(to: folder, metrics: nil)
      #expect(throws: TrainingError.self) { try LearningCurve(run: RunDirectory.open(at: folder.path)) }
      try RunDirectoryFixture.write(
        to: folder,
        metrics: """
          {"kind":"step","epoch":1,"loss":2}
          {"kind":"epoch","epoch":1,"trainingLoss":0.5,"validationLoss":0.25,"validationAccuracy":0.75}
          {"kind":"epoch","epoch":2,"trainingLoss":0.25}
          {"kind":"end"}

          """)
      let curve = try LearningCurve(run: RunDirectory.open(at: folder.path))
      #expect(curve.epochs == [1, 2] && curve.trainingLoss == [0.5, 0.25])
      #expect(curve.validationLoss[0] == 0.25 && curve.validationLoss[1].isNaN && curve.validationError[0] == 0.25)
    }
  }

  /// A folder that looks like a run.
  private enum RunDirectoryFixture {
    static func write(to folder: URL, metrics: String?) throws {
      let manifest = "{\"format\": \"\(RunManifest.format)\"}"
      try Data(manifest.utf8).write(to: folder.appending(path: "manifest.json"))
      if let metrics { try Data(metrics.utf8).write(to: folder.appending(path: "metrics.jsonl")) }
    }
  }
}

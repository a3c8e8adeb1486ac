import Datasets
import Experiments
import Foundation
import TestSupport
import Testing
import Training

@Suite struct PartialEquivarianceStudyTests {
  /// The study's configurations, made small enough for seconds.
  private static func configurations(in folder: URL) throws -> String {
    let source = Checkout.root.appending(path: "Configs/partial/study")
    let target = folder.appending(path: "configs/study")
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    for name in try FileManager.default.contentsOfDirectory(atPath: source.path) {
      var text = try String(contentsOf: source.appending(path: name), encoding: .utf8)
      text = text.replacing(/(training|test): \d+/) { "\($0.1): 64" }
      text = text.replacing(/epochs: \d+/, with: "epochs: 1").replacing(/hidden: \d+/, with: "hidden: 4")
      text = text.replacing(/samples: 8/, with: "samples: 4").replacing(/size: 5/, with: "size: 3")
      try text.write(to: target.appending(path: name), atomically: true, encoding: .utf8)
    }
    return folder.appending(path: "configs").path
  }

  /// Asks for a stop in the middle of a run.
  private final class Stopper: TrainingObserver {
    let signal = StopSignal()
    private(set) var started = 0
    private let last: Int

    init(inRun last: Int) { self.last = last }

    func receive(_ event: TrainingEvent) {
      if case .started = event { started += 1 }
      if case .step = event, started == last { signal.request() }
    }
  }

  @Test(.enabled(if: TestData.mnist != nil, "\(TestData.mnistIsAbsent)"))
  func goesOnAfterAStopWithTheSameResult() throws {
    let data = try #require(TestData.mnist).path
    try Samples.withFolder { folder in
      let configs = try Self.configurations(in: folder)
      func study(_ name: String) throws -> PartialEquivarianceStudy {
        try PartialEquivarianceStudy(
          output: folder.appending(path: name).path, tasks: [.turnedSixes, .knownRange], seeds: 2,
          configurations: configs)
      }
      let stopper = Stopper(inRun: 3)
      #expect(try study("stopped").run(data: data, stop: stopper.signal, observers: [stopper]) == nil)
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "stopped/report.html").path))
      let counter = Stopper(inRun: -1)
      let resumed = try #require(try study("stopped").run(data: data, observers: [counter]))
      #expect(counter.started == 10, "two of twelve runs were done")
      let whole = try #require(try study("whole").run(data: data))

      #expect(whole.lines.count == 6)
      for (a, b) in zip(whole.lines, resumed.lines) {
        #expect(a.runs.map(\.loss) == b.runs.map(\.loss), "\(a.network)")
        #expect(a.runs.map { $0.supports.map(\.values) } == b.runs.map { $0.supports.map(\.values) }, "\(a.network)")
      }
      // A fully equivariant network cannot tell a six from a turned one, trained or not.
      #expect(whole.lines[0].runs.allSatisfy { abs($0.accuracy - 0.5) < 0.02 })
      #expect(whole.lines[0].runs[0].turned.count == 25)
      let first = try #require(whole.lines[0].runs[0].turned.first)
      let last = whole.lines[0].runs[0].turned.last
      #expect(abs(first.mean - (last?.mean ?? 0)) < 1e-6, "-180° and 180° are the same image")
      #expect(
        whole.lines[1].runs[0].supports.map(\.layer) == [
          "block 1, first", "block 1, second", "block 2, first", "block 2, second", "last",
        ])
      for name in [
        "report.html", "results.json", "six_or_nine.png", "six_or_nine.svg", "known_range.png",
        "support_mnist6-180_se2partial.png", "kernels_mnist6-180_se2-partial.png", "accuracy_mnist6-180.svg",
      ] {
        let bytes = try Data(contentsOf: folder.appending(path: "whole/\(name)"))
        #expect(bytes.count > 1000, "\(name)")
      }
      let page = try String(contentsOf: folder.appending(path: "whole/report.html"), encoding: .utf8)
      for text in ["MNIST6-180", "refuted", "How to reproduce", "kind: ck-resnet", "95 % interval"] {
        #expect(page.contains(text), "\(text)")
      }
    }
  }

  /// Kernels over a group with reflections have a coordinate more, and are drawn too.
  @Test(.enabled(if: TestData.mnist != nil, "\(TestData.mnistIsAbsent)"))
  func networksWithReflectionsAreDrawn() throws {
    let data = try #require(TestData.mnist).path
    try Samples.withFolder { folder in
      let path = folder.appending(path: "study")
      let study = try PartialEquivarianceStudy(
        output: path.path, tasks: [.mirroredSixes], seeds: 1, configurations: Self.configurations(in: folder))
      let findings = try #require(try study.run(data: data))
      #expect(findings.lines.map(\.network) == ["E(2), full", "E(2), partial"])
      #expect(findings.lines[1].runs[0].supports.allSatisfy { $0.values.count == 2 })
      let kernels = try Data(contentsOf: path.appending(path: "kernels_mnist6-m_e2-partial.png"))
      #expect(kernels.count > 1000)
    }
  }

  private static func line(_ task: PartialStudyTask, _ network: String, _ accuracies: [Double])
    -> PartialStudyFindings.Line
  {
    .init(
      task: task, network: network,
      runs: accuracies.map { PartialStudyRun(accuracy: $0, loss: 0, images: 100, parameters: 1, seconds: 1) })
  }

  /// Verdicts follow from the numbers, whichever way they point.
  @Test func claimsAreJudgedByTheNumbers() {
    func verdicts(full: [Double], partial: [Double], plane: [Double]) -> [String] {
      PartialStudyFindings(
        preset: .cpu, seeds: [0, 1, 2],
        lines: [
          Self.line(.rotatedDigits, "T(2)", plane), Self.line(.rotatedDigits, "SE(2), full", full),
          Self.line(.rotatedDigits, "SE(2), partial", partial),
        ]
      ).claims.map(\.verdict)
    }
    #expect(
      verdicts(full: [0.96, 0.965, 0.97], partial: [0.967, 0.963, 0.968], plane: [0.9, 0.89, 0.9])
        == ["confirmed", "confirmed", "confirmed"])
    #expect(
      verdicts(full: [0.96, 0.961, 0.96], partial: [0.98, 0.981, 0.981], plane: [0.96, 0.962, 0.959])
        == ["refuted", "refuted", "confirmed"])
    #expect(verdicts(full: [0.96], partial: [0.98], plane: [0.9]) == ["undecided", "undecided", "undecided"])
  }

  @Test func photographsMayBeUndecided() {
    func verdict(_ full: [Double], _ partial: [Double]) -> String? {
      PartialStudyFindings(
        preset: .cpu, seeds: [0, 1, 2],
        lines: [Self.line(.cifar10, "SE(2), full", full), Self.line(.cifar10, "SE(2), partial", partial)]
      ).claims.first?.verdict
    }
    #expect(verdict([0.4, 0.41, 0.4], [0.45, 0.46, 0.45]) == "confirmed")
    #expect(verdict([0.45, 0.46, 0.45], [0.4, 0.41, 0.4]) == "refuted")
    #expect(verdict([0.40, 0.45, 0.42], [0.44, 0.41, 0.43]) == "undecided")
  }

  @Test func tasksOfOtherPresetsAndNoSeedsAreRefused() throws {
    try Samples.withFolder { folder in
      let path = folder.appending(path: "study").path
      #expect(throws: StudyError.option(name: "seeds", problem: "must be at least 1, found 0")) {
        _ = try PartialEquivarianceStudy(output: path, seeds: 0)
      }
      let error = #expect(throws: StudyError.self) {
        _ = try PartialEquivarianceStudy(output: path, tasks: [.cifar100])
      }
      #expect(error?.description.contains("cifar100 is not in the preset cpu") == true)
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  /// Data that are missing or broken are told before the folder is made, so that any study can be done there afterwards.
  @Test(arguments: [nil, "empty", "broken"]) func aRefusedStudyLeavesNothing(data: String?) throws {
    try Samples.withFolder { folder in
      let output = folder.appending(path: "study")
      let images = folder.appending(path: "empty")
      try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
      if data == "broken" {
        for name in ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"] {
          try Data([0, 0, 8]).write(to: images.appending(path: name))
        }
      }
      let configs = try Self.configurations(in: folder)
      for preset in [PartialEquivarianceStudy.Preset.cpu, .full] {
        let study = try PartialEquivarianceStudy(
          output: output.path, preset: preset, tasks: [.turnedSixes], seeds: 1,
          configurations: preset == .cpu ? configs : Checkout.root.appending(path: "Configs/partial").path)
        #expect(throws: DatasetError.self) { try study.run(data: data == nil ? "/no/such/folder" : images.path) }
        #expect(!FileManager.default.fileExists(atPath: output.path))
      }
    }
  }

  /// Every configuration of both presets can be read and gives a network.
  @Test(arguments: [PartialEquivarianceStudy.Preset.cpu, .full])
  func allConfigurationsAreThere(preset: PartialEquivarianceStudy.Preset) throws {
    try Samples.withFolder { folder in
      let study = try PartialEquivarianceStudy(
        output: folder.appending(path: "study").path, preset: preset,
        configurations: Checkout.root.appending(path: "Configs/partial").path)
      #expect(study.tasks.count == (preset == .cpu ? 5 : 6))
    }
  }
}

import Datasets
import Foundation
import Testing
import Training

/// Options that published trainings need: a table of epochs, changed validation images, a plateau with PyTorch's limits.
struct PublishedTrainingTests {
  private func rates(_ schedule: ScheduleOptions, rate: Double) throws -> [Double] {
    var rates: [Double] = []
    let trainer = Trainer(
      model: StripeNet(seed: 1, hasNorm: false),
      configuration: TrainingConfiguration(
        epochs: 6, batchSize: 40, optimizer: OptimizerOptions(kind: .sgd, learningRate: rate), schedule: schedule,
        threads: 1),
      seed: 1, observers: [EventHandler { if case .epoch(let report) = $0 { rates.append(report.learningRate) } }])
    _ = try trainer.fit(stripes(40, seed: 1), validation: stripes(32, seed: 2))
    return rates
  }

  /// PyTorch leaves a rate as it is when it would change by no more than `eps`.
  @Test func aPlateauHasASmallestChange() throws {
    var options = ScheduleOptions(kind: .plateau, factor: 0.5, patience: 0)
    #expect(try rates(options, rate: 1e-20) == [1e-20, 1e-20, 5e-21, 2.5e-21, 1.25e-21, 6.25e-22])
    options.smallestChange = 4e-21
    #expect(try rates(options, rate: 1e-20) == [1e-20, 1e-20, 5e-21, 5e-21, 5e-21, 5e-21])
  }

  /// A loss that falls by less than the threshold is no improvement.
  @Test func aPlateauHasAThreshold() throws {
    let falling = ScheduleOptions(kind: .plateau, factor: 0.5, patience: 0, threshold: 0.999)
    #expect(try rates(falling, rate: 0.01).last == 0.01 / 16)
    var patient = falling
    patient.threshold = 0
    #expect(try rates(patient, rate: 0.01).last == 0.01)
  }

  private func trainer(
    epochs: Int, augmentation: AugmentationOptions = .init(), stop: StopSignal = StopSignal(),
    observers: [any TrainingObserver] = []
  ) -> Trainer<StripeNet> {
    Trainer(
      model: StripeNet(seed: 1),
      configuration: TrainingConfiguration(
        epochs: epochs, batchSize: 16, augmentation: augmentation, threads: 1),
      seed: 1, output: OutputConfiguration(tensorBoard: false, csv: "log.csv"), stop: stop, observers: observers)
  }

  @Test func theTableOfEpochsSurvivesAnInterruption() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "steerable-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    func table(_ name: String) throws -> [String] {
      try String(contentsOf: folder.appending(path: "\(name)/log.csv"), encoding: .utf8).split(separator: "\n")
        .map(String.init)
    }
    func fit(_ trainer: Trainer<StripeNet>, _ name: String, resume: Bool = false) throws -> TrainingResult {
      try trainer.fit(
        stripes(48, seed: 1), validation: stripes(32, seed: 2),
        run: RunDirectory.prepare(at: folder.appending(path: name).path, resume: resume))
    }
    var reports: [EpochReport] = []
    _ = try fit(
      trainer(epochs: 3, observers: [EventHandler { if case .epoch(let report) = $0 { reports.append(report) } }]), "a")
    let lines = try table("a")
    #expect(lines.first == "epoch,train_loss,test_loss,test_accuracy" && lines.count == 4)
    for (line, report) in zip(lines.dropFirst(), reports) {
      let values = line.split(separator: ",").map { Double($0) }
      #expect(
        values == [Double(report.epoch), report.trainingLoss, report.validationLoss, report.validationAccuracy])
    }

    let stop = StopSignal()
    let stopped = trainer(
      epochs: 3, stop: stop,
      observers: [EventHandler { if case .step(let report) = $0, report.step == 5 { stop.request() } }])
    #expect(try fit(stopped, "b").reason == .interrupted)
    #expect(try table("b").count == 2)
    _ = try fit(trainer(epochs: 3), "b", resume: true)
    #expect(try table("b") == lines)
  }

  @Test func validationImagesMayBeChangedToo() throws {
    func losses(_ augmentation: AugmentationOptions) throws -> [Double] {
      var losses: [Double] = []
      let trainer = Trainer(
        model: StripeNet(seed: 1, hasNorm: false),
        configuration: TrainingConfiguration(
          epochs: 3, batchSize: 48, optimizer: OptimizerOptions(kind: .sgd, learningRate: 1e-30),
          augmentation: augmentation, threads: 1),
        seed: 1,
        observers: [EventHandler { if case .epoch(let report) = $0 { losses.append(report.validationLoss ?? .nan) } }])
      _ = try trainer.fit(stripes(48, seed: 1), validation: stripes(32, seed: 2))
      return losses
    }
    let still = try losses(AugmentationOptions(rotation: 180))
    #expect(Set(still).count == 1)
    let turned = try losses(AugmentationOptions(rotation: 180, validation: true))
    #expect(Set(turned).count == 3 && !turned.contains(still[0]))
    #expect(try losses(AugmentationOptions(rotation: 180, validation: true)) == turned)
  }
}

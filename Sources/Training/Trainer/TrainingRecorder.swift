internal import Foundation
internal import Layers
internal import Tensors

/// Writes the metrics of a run to its JSON lines, its event file and its table.
final class TrainingRecorder {
  private let metrics: AppendingFile
  private let events: EventFileWriter?
  private let table: AppendingFile?
  private let options: OutputConfiguration

  var metricsLength: Int { metrics.length }
  var eventsLength: Int? { events?.length }
  var tableLength: Int? { table?.length }

  /// Opens the files of the run, cut back to what belongs to `state`.
  init(_ run: RunDirectory, options: OutputConfiguration, state: TrainingState?) throws(TrainingError) {
    self.options = options
    metrics = try AppendingFile(run.metrics, keeping: state?.metricsLength)
    events = options.tensorBoard ? try EventFileWriter(run.events, keeping: state?.eventsLength) : nil
    table = try options.csv.map { name throws(TrainingError) in
      try AppendingFile(run.url.appendingPathComponent(name), keeping: state?.tableLength)
    }
    if let table, table.length == 0 {
      try table.write(Array("epoch,train_loss,test_loss,test_accuracy\n".utf8))
    }
  }

  func record(_ report: StepReport) throws(TrainingError) {
    guard let interval = options.logEvery, report.step % interval == 0 else { return }
    var line = MetricLine("step")
    line["epoch"] = .int(report.epoch)
    line["step"] = .int(report.step)
    line["loss"] = .number(report.loss)
    line["accuracy"] = report.accuracy.map { .number($0) }
    line["learningRate"] = .number(report.learningRate)
    try write(line)
    guard let events else { return }
    var scalars = [("step/loss", report.loss), ("step/learningRate", report.learningRate)]
    if let accuracy = report.accuracy { scalars.insert(("step/accuracy", accuracy), at: 1) }
    try events.add(scalars: scalars, step: report.step)
  }

  func record(_ report: EpochReport, model: Module) throws(TrainingError) {
    var line = MetricLine("epoch")
    line["epoch"] = .int(report.epoch)
    line["step"] = .int(report.step)
    line["trainingLoss"] = .number(report.trainingLoss)
    line["trainingAccuracy"] = report.trainingAccuracy.map { .number($0) }
    line["validationLoss"] = report.validationLoss.map { .number($0) }
    line["validationAccuracy"] = report.validationAccuracy.map { .number($0) }
    line["best"] = report.validationLoss.map { _ in .bool(report.isBest) }
    line["learningRate"] = .number(report.learningRate)
    line["seconds"] = .number(report.seconds)
    let own = (model as? any ScalarReporting)?.scalars ?? []
    for (name, value) in own { line[name] = .number(value) }
    try write(line)
    if let table {
      let values = [report.trainingLoss, report.validationLoss, report.validationAccuracy]
      let row = ["\(report.epoch)"] + values.map { $0.map { "\($0)" } ?? "" }
      try table.write(Array((row.joined(separator: ",") + "\n").utf8))
    }
    guard let events else { return }
    var scalars = [("epoch/trainingLoss", report.trainingLoss)]
    if let accuracy = report.trainingAccuracy { scalars.append(("epoch/trainingAccuracy", accuracy)) }
    if let loss = report.validationLoss { scalars.append(("epoch/validationLoss", loss)) }
    if let accuracy = report.validationAccuracy { scalars.append(("epoch/validationAccuracy", accuracy)) }
    try events.add(scalars: scalars + own, step: report.step)
    guard options.histograms else { return }
    for named in model.parameters {
      let values = named.parameter.value.detach().scalars(as: Double.self)
      try events.add(histogram: values, tag: "weights/\(named.key)", step: report.step)
    }
  }

  func record(_ result: TrainingResult) throws(TrainingError) {
    var line = MetricLine("end")
    line["reason"] = .text(result.reason.rawValue)
    line["epochs"] = .int(result.epochs)
    line["steps"] = .int(result.steps)
    line["bestMetric"] = result.bestMetric.map { .number($0) }
    line["bestEpoch"] = result.bestEpoch.map { .int($0) }
    line["seconds"] = .number(result.seconds)
    try write(line)
  }

  func close() {
    metrics.close()
    events?.close()
    table?.close()
  }

  private func write(_ line: MetricLine) throws(TrainingError) { try metrics.write(Array((line.json + "\n").utf8)) }
}

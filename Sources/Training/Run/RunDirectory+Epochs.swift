internal import Foundation

extension RunDirectory {
  /// The epochs that the run has recorded, in however many sessions; empty if it has none.
  public func epochReports() -> [EpochReport] {
    guard let bytes = FileManager.default.contents(atPath: metrics.path) else { return [] }
    let decoder = JSONDecoder()
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let epoch = try? decoder.decode(RecordedEpoch.self, from: Data(line)), epoch.kind == "epoch" else {
        return nil
      }
      return EpochReport(
        epoch: epoch.epoch, step: epoch.step ?? 0, trainingLoss: epoch.trainingLoss ?? .nan,
        trainingAccuracy: epoch.trainingAccuracy, validationLoss: epoch.validationLoss,
        validationAccuracy: epoch.validationAccuracy, isBest: epoch.best ?? false,
        learningRate: epoch.learningRate ?? .nan, seconds: epoch.seconds ?? 0)
    }
  }
}

/// A line of the kind "epoch" in the metrics file.
private struct RecordedEpoch: Decodable {
  let kind: String
  let epoch: Int
  let step: Int?
  let trainingLoss: Double?
  let trainingAccuracy: Double?
  let validationLoss: Double?
  let validationAccuracy: Double?
  let best: Bool?
  let learningRate: Double?
  let seconds: Double?
}

internal import Foundation
internal import Tensors
internal import Training
internal import Visualization

/// How a study was made: what its report tells so that somebody else can repeat it.
struct StudyProvenance {
  /// The command line.
  let command: String
  /// The seeds of the runs.
  let seeds: [Int]
  /// The configurations of the runs, each with a name.
  let configurations: [(name: String, yaml: String)]
  /// The seconds that all runs took together, in however many sessions.
  let seconds: Double

  /// Two sections for the end of a report.
  var sections: [Report.Section] {
    let manifest = RunManifest(name: "study", seed: 0)
    return [
      .init(
        "How to reproduce",
        [.code(command)] + configurations.flatMap { [.text($0.name), .code($0.yaml)] }),
      .init(
        "Versions and times",
        [
          .table(
            header: ["what", "value"],
            rows: [
              ["seeds", seeds.map(String.init).joined(separator: ", ")],
              ["training and testing", Self.duration(seconds)],
              ["threads", "\(Torch.threads)"], ["LibTorch", Torch.version],
              ["revision", manifest.revision ?? "outside of a repository"],
              ["system", manifest.system], ["written", manifest.started],
            ])
        ]),
    ]
  }

  /// Seconds as hours, minutes and seconds.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    if hours > 0 { return String(format: "%d h %02d min", hours, minutes) }
    return minutes > 0 ? String(format: "%d min %02d s", minutes, rest) : "\(rest) s"
  }
}

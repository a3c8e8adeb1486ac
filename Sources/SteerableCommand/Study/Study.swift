import ArgumentParser

/// `steerable study`: a published study, repeated from data to report.
struct Study: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Repeats a published study: trains, tests, and writes tables, pictures and a report.",
    discussion: """
      A study is done run by run. Stopped by Ctrl-C or a crash, it goes on with the same command, in the middle of a run too, \
      and the same command may ask for more seeds than before.
      """,
    subcommands: [StudyMetamaterials.self, StudyPartialEquivariance.self, StudyRadioGalaxies.self])
}

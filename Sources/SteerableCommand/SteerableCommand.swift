import ArgumentParser

/// The `steerable` command and its verbs.
struct SteerableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "steerable",
    abstract: "Trains, verifies, explains and exports equivariant networks on the plane.",
    discussion: """
      Exit codes: 0 the work was done, or a training was stopped with Ctrl-C and saved, so that --resume goes on with it; \
      1 it could not be finished (as a demo that is stopped before its report) or a check failed; 2 the command line, a \
      configuration, a data file or a checkpoint was wrong and nothing was changed.
      """,
    version: "0.1.0",
    subcommands: [
      Train.self, Evaluate.self, Verify.self, RotationTestCommand.self, Export.self, Import.self, Inspect.self,
      Generate.self, Homogenize.self, Study.self, Demo.self,
    ])
}

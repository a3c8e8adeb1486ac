import ArgumentParser

/// One measurement a process: `Benchmarks/bench.py` starts these in turn with the same of escnn and e2cnn.
///
/// Every subcommand that measures prints one line of JSON for each result.
@main
struct SteerableBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures construction, training and inference; Benchmarks/bench.py runs it beside escnn and e2cnn.",
    subcommands: [
      Start.self, Construct.self, Train.self, Overhead.self, PeakMemory.self, Forward.self, Exported.self, Scale.self,
      Plot.self,
    ])
}

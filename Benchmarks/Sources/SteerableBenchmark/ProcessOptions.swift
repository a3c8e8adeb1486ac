import ArgumentParser
import Steerable

/// What every measurement states.
struct ProcessOptions: ParsableArguments {
  @Option(help: "Threads of the engine.") var threads = 1
  @Option(help: "The folder Configs, from which networks are read.") var configurations = "Configs"

  /// Sets the number of threads and starts the engine, which no measurement inside of the process should contain.
  func prepare() {
    // As the command does.
    Torch.retainFreedMemory()
    Torch.threads = threads
    _ = Tensor.zeros([1]) + 1
  }
}

/// The number format of a forward pass.
enum Precision: String, ExpressibleByArgument, CaseIterable {
  case float32
  case bfloat16
}

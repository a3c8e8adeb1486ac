import Datasets
import EquivariantLayers
import Experiments
import Homogenization
import Interchange
import Layers
import SteerableKernels
import Symmetry
import Training
import WeightExchange

/// An end of the command with one message and an exit code.
struct Failure: Error {
  let message: String
  let code: Int32

  /// The work could not be finished, or a check failed.
  static let unfinished: Int32 = 1
  /// The command line or an input was wrong.
  static let usage: Int32 = 2

  /// A wrong input, told in one sentence.
  static func input(_ message: String) -> Failure { Failure(message: message, code: usage) }

  /// A check that did not hold, or work that could not be finished.
  static func work(_ message: String) -> Failure { Failure(message: message, code: unfinished) }

  /// Errors about what the user gave end with 2, all others with 1.
  static func inputCode(for error: any Error) -> Int32 {
    switch error {
    case is ConfigurationError, is SymmetryError, is KernelError, is DatasetError, is StateDictError, is ModelError,
      is InterchangeError, is CheckpointError, is ImportError, is HomogenizationError, is StudyError:
      usage
    case let error as TrainingError: error.isAboutInput ? usage : unfinished
    default: unfinished
    }
  }
}

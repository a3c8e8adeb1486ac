import ArgumentParser
import Foundation
import Tensors

/// The entry: parses, runs, and turns every failure into one message and a documented exit code.
@main
enum Main {
  static func main() {
    Torch.retainFreedMemory()
    do {
      var command = try SteerableCommand.parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      Console.error(failure.message)
      exit(failure.code)
    } catch {
      // Help and version are "errors" to the parser; they print on standard output and succeed.
      if SteerableCommand.exitCode(for: error) == .success { SteerableCommand.exit(withError: error) }
      if error is ValidationError || SteerableCommand.exitCode(for: error) == .validationFailure {
        FileHandle.standardError.write(Data((SteerableCommand.fullMessage(for: error) + "\n").utf8))
        exit(Failure.usage)
      }
      Console.error("\(error)")
      exit(Failure.inputCode(for: error))
    }
  }
}

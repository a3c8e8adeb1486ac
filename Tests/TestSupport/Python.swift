package import Foundation

/// Python with PyTorch as `Tools/setup-python.sh` unpacks it, for tests that load our files where users will.
package enum Python {
  package static let library = Checkout.root.appending(path: ".cache/python")
  package static var isAvailable: Bool {
    FileManager.default.fileExists(atPath: library.appending(path: "complete").path)
  }

  /// Why a test is skipped without it.
  package static let isAbsent = "run Tools/setup-python.sh to compare with Python"

  /// Runs a program and decodes the JSON that it prints.
  package static func run<Answer: Decodable>(_ program: String, _ arguments: [String]) throws -> Answer {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": library.path]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
    return try JSONDecoder().decode(Answer.self, from: data)
  }

  /// The program ended with an error, which Python has told on standard error.
  package struct Failed: Error, CustomStringConvertible {
    package let status: Int32

    package var description: String {
      "python3 ended with \(status), see its message above; does Tools/setup-python.sh need to run again?"
    }
  }
}

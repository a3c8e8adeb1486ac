package import Foundation

/// Data sets that are too large for the repository; the tests that read them are skipped where they are absent.
package enum TestData {
  /// The folder of MNIST's four files: the one that `STEERABLE_DATA` names, or `mnist` in it; nil without.
  package static let mnist: URL? = {
    guard let path = ProcessInfo.processInfo.environment["STEERABLE_DATA"], !path.isEmpty else { return nil }
    let folder = URL(filePath: path, relativeTo: Checkout.root).standardizedFileURL
    return [folder, folder.appending(path: "mnist")].first {
      FileManager.default.fileExists(atPath: $0.appending(path: "train-images-idx3-ubyte.gz").path)
    }
  }()

  /// Why a test is skipped without MNIST.
  package static let mnistIsAbsent = "set STEERABLE_DATA to the folder of MNIST's files to run this"
}

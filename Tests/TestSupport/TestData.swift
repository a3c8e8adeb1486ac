package import Foundation

/// Data sets that are too large for the repository; the tests that read them are skipped where they are absent.
///
/// They are looked for in the folder that `STEERABLE_DATA` names, and in a subfolder named after them.
package enum TestData {
  /// The folder of MNIST's four files.
  package static let mnist = folder("mnist", with: "train-images-idx3-ubyte.gz")
  /// Why a test is skipped without MNIST.
  package static let mnistIsAbsent = "no MNIST in the folder that STEERABLE_DATA names"

  /// The folder of the first 4,000 records of CIFAR-10's training images.
  package static let photographs = folder("cifar10_subset", with: "train_first4000.bin")
  /// Why a test is skipped without them.
  package static let photographsAreAbsent = "no train_first4000.bin of CIFAR-10 in the folder that STEERABLE_DATA names"

  /// The folder of the metamaterial cells.
  package static let metamaterials = folder("metamaterials", with: "metaset_50x50_images.npy")
  /// Why a test is skipped without them.
  package static let metamaterialsAreAbsent = "no metaset_50x50_images.npy in the folder that STEERABLE_DATA names"

  /// The folder of MiraBest's archive.
  package static let miraBest = folder("mirabest", with: "MiraBest_full_batches.tar.gz")
  /// Why a test is skipped without it.
  package static let miraBestIsAbsent = "no MiraBest_full_batches.tar.gz in the folder that STEERABLE_DATA names"

  /// The folder of the two archives of FR-DEEP.
  package static let frdeep = folder("frdeep", with: "FIRST_PNG_dataset.tar.gz")
  /// Why a test is skipped without them.
  package static let frdeepIsAbsent = "no FIRST_PNG_dataset.tar.gz in the folder that STEERABLE_DATA names"

  private static func folder(_ name: String, with file: String) -> URL? {
    guard let path = ProcessInfo.processInfo.environment["STEERABLE_DATA"], !path.isEmpty else { return nil }
    let folder = URL(filePath: path, relativeTo: Checkout.root).standardizedFileURL
    return [folder, folder.appending(path: name)].first {
      FileManager.default.fileExists(atPath: $0.appending(path: file).path)
    }
  }
}

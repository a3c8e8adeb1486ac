public import Foundation

/// The sole right to something that a file stands for, among processes and within one; it ends with the object, or with its
/// process however that ends.
public final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock of a file, which is made if it is not there and stays when the lock ends; nil if another has it.
  ///
  /// **Throws**: `InterchangeError` when the file cannot be made.
  public init?(_ url: URL) throws(InterchangeError) {
    guard let descriptor = try SystemFile.locked(url) else { return nil }
    self.descriptor = descriptor
  }

  deinit { SystemFile.closeDescriptor(descriptor) }
}

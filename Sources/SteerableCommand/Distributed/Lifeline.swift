import Foundation

/// Ends a process that `LocalProcesses` started when the one that started it is gone.
enum Lifeline {
  /// Watches standard input, whose other end the starting process holds.
  static func watch() {
    Thread.detachNewThread {
      while !FileHandle.standardInput.availableData.isEmpty {}
      Console.error("the process that started this one has ended")
      // Without the work of a proper exit: other threads are in the middle of theirs.
      _exit(Failure.unfinished)
    }
  }
}

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The few system calls behind files, with errors that name the file.
enum SystemFile {
  /// The system's words for the last failed call.
  static var reason: String { String(cString: strerror(errno)) }

  /// Opens a file for reading.
  static func openForReading(_ path: String) throws(InterchangeError) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      let kind: InterchangeError.Kind = errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable
      throw InterchangeError(
        kind, path: path, kind == .missing ? "there is no such file" : "cannot be opened: \(reason)")
    }
    return descriptor
  }

  /// Creates a file that must not exist.
  static func create(_ path: String, reportedAs shown: String) throws(InterchangeError) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw InterchangeError(.unwritable, path: shown, "cannot be created: \(reason)") }
    return descriptor
  }

  /// Returns the length of an open regular file.
  static func size(_ descriptor: Int32, path: String) throws(InterchangeError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw InterchangeError(.unreadable, path: path, "cannot be examined: \(reason)")
    }
    if (status.st_mode & S_IFMT) == S_IFDIR {
      throw InterchangeError(.unreadable, path: path, "this is a folder", expected: "a file")
    }
    return Int(status.st_size)
  }

  /// Reads up to `buffer.count` bytes at `offset`; fewer only at the end of the file.
  static func read(
    _ descriptor: Int32, at offset: Int, into buffer: UnsafeMutableRawBufferPointer, path: String
  ) throws(InterchangeError) -> Int {
    var done = 0
    while done < buffer.count {
      let count = pread(descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
      if count < 0 {
        if errno == EINTR { continue }
        throw InterchangeError(.unreadable, path: path, offset: offset + done, "cannot be read: \(reason)")
      }
      if count == 0 { break }
      done += count
    }
    return done
  }

  /// Writes all of `buffer`.
  static func write(
    _ descriptor: Int32, _ buffer: UnsafeRawBufferPointer, path: String
  ) throws(InterchangeError) {
    var done = 0
    while done < buffer.count {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
      #else
        let count = Darwin.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        throw InterchangeError(.unwritable, path: path, "cannot be written: \(reason)")
      }
      done += count
    }
  }

  /// A descriptor of a file with the sole lock on it; nil if another has it.
  static func locked(_ url: URL) throws(InterchangeError) -> Int32? {
    let descriptor = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw InterchangeError(.unwritable, path: url.path, "cannot be locked: \(reason)") }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  /// Closes a descriptor.
  static func closeDescriptor(_ descriptor: Int32) { close(descriptor) }

  /// Flushes a file to the disk.
  static func synchronize(_ url: URL, reportedAs shown: String) throws(InterchangeError) {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw InterchangeError(.unwritable, path: shown, "was not written: \(reason)")
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw InterchangeError(.unwritable, path: shown, "cannot be flushed to the disk: \(reason)")
    }
  }

  /// Flushes a folder's list of names, where the file system can.
  static func synchronizeFolder(_ url: URL) {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Moves a file over another name in the same folder.
  static func rename(_ source: URL, to destination: URL) throws(InterchangeError) {
    #if canImport(Glibc)
      let status = Glibc.rename(source.path, destination.path)
    #else
      let status = Darwin.rename(source.path, destination.path)
    #endif
    guard status == 0 else {
      throw InterchangeError(.unwritable, path: destination.path, "cannot be put in place: \(reason)")
    }
  }

  /// Removes a file if it is there.
  static func removeIfPresent(_ url: URL) { unlink(url.path) }

  /// Whether a process with this number exists.
  static func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno == EPERM }
}

import CZlib

/// Decompression in steps.
final class Inflater {
  enum Status: Equatable {
    case progress, finished
    case damaged(String)
  }

  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  init(format: DeflateFormat) {
    stream.initialize(to: z_stream())
    let status = inflateInit2_(stream, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib \(ZLIB_VERSION) cannot start to decompress (status \(status))")
  }

  /// Consumes some of `input` and makes at most `length` bytes.
  func inflate(
    _ input: ArraySlice<UInt8>, upTo length: Int
  ) -> (output: [UInt8], consumed: Int, status: Status) {
    var consumed = 0
    var status = Status.progress
    let available = min(input.count, 1 << 30)
    let output = [UInt8](unsafeUninitializedCapacity: max(length, 1)) { output, filled in
      input.withUnsafeBufferPointer { input in
        stream.pointee.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0) }
        stream.pointee.avail_in = UInt32(available)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(min(max(length, 1), 1 << 30))
        let before = Int(stream.pointee.avail_out)
        let code = CZlib.inflate(stream, Z_NO_FLUSH)
        consumed = available - Int(stream.pointee.avail_in)
        filled = before - Int(stream.pointee.avail_out)
        switch code {
        case Z_OK, Z_BUF_ERROR: status = .progress
        case Z_STREAM_END: status = .finished
        default: status = .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(code)")
        }
      }
    }
    return (output, consumed, status)
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }
}

import CZlib

/// The container around deflated data.
enum DeflateFormat {
  case raw, zlib, gzip

  var windowBits: Int32 {
    switch self {
    case .raw: -15
    case .zlib: 15
    case .gzip: 31
    }
  }
}

/// Compression in one call.
enum Deflate {
  static func compressed(_ bytes: [UInt8], level: Int, format: DeflateFormat) -> [UInt8] {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer {
      deflateEnd(stream)
      stream.deallocate()
    }
    let status = deflateInit2_(
      stream, Int32(min(max(level, 0), 9)), Z_DEFLATED, format.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib \(ZLIB_VERSION) cannot start to compress (status \(status))")
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count / 2 + 64)
    var part = [UInt8](repeating: 0, count: 1 << 16)
    var start = 0
    repeat {
      // zlib counts in 32 bits: feed large inputs in pieces.
      let length = min(bytes.count - start, 1 << 30)
      let flush = start + length == bytes.count ? Z_FINISH : Z_NO_FLUSH
      bytes.withUnsafeBufferPointer { input in
        stream.pointee.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + start) }
        stream.pointee.avail_in = UInt32(length)
        repeat {
          let count = part.count
          let made = part.withUnsafeMutableBufferPointer { output in
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = UInt32(count)
            _ = deflate(stream, flush)
            return count - Int(stream.pointee.avail_out)
          }
          result.append(contentsOf: part[..<made])
        } while stream.pointee.avail_out == 0
      }
      start += length
    } while start < bytes.count
    return result
  }
}

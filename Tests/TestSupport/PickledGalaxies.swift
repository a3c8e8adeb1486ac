/// Small files in the format of MiraBest's batches, right and wrong ones.
package enum PickledGalaxies {
  /// A Python value to pickle.
  package indirect enum Value {
    case int(Int32)
    case text(String)
    case list([Value])
    case dictionary([(String, Value)])
    /// An array of NumPy's with a type such as `u1` and a byte order.
    case array(type: String, shape: [Int], bytes: [UInt8])
    /// Instructions as they are.
    case raw([UInt8])

    var bytes: [UInt8] {
      switch self {
      case .int(let value): [0x4A] + littleEndian(UInt32(bitPattern: value))
      case .text(let text): [0x58] + littleEndian(UInt32(text.utf8.count)) + Array(text.utf8)
      case .list(let values): [0x5D, 0x28] + values.flatMap(\.bytes) + [0x65]
      case .dictionary(let entries):
        [0x7D, 0x28] + entries.flatMap { Value.text($0.0).bytes + $0.1.bytes } + [0x75]
      case .array(let type, let shape, let bytes):
        // _reconstruct(ndarray, (0,), b"b"), then the state (1, shape, dtype, False, bytes).
        Array("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK".utf8) + [0, 0x85, 0x43, 1]
          + Array("b".utf8) + [0x87, 0x52, 0x28, 0x4B, 1, 0x28] + shape.flatMap { Value.int(Int32($0)).bytes } + [0x74]
          + Self.dtype(type) + [0x89, 0x42] + littleEndian(UInt32(bytes.count)) + bytes + [0x74, 0x62]
      case .raw(let bytes): bytes
      }
    }

    private static func dtype(_ code: String) -> [UInt8] {
      Array("cnumpy\ndtype\n".utf8) + Value.text(code).bytes + [0x89, 0x88, 0x87, 0x52, 0x28, 0x4B, 3]
        + Value.text(code == "u1" ? "|" : "<").bytes + [0x4E, 0x4E, 0x4E] + Value.int(-1).bytes + Value.int(-1).bytes
        + [0x4B, 0, 0x74, 0x62]
    }

    private func littleEndian(_ value: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
  }

  /// The bytes of a pickle of protocol 3.
  package static func pickle(_ value: Value) -> [UInt8] { [0x80, 3] + value.bytes + [0x2E] }

  /// An image of one value.
  package static func image(_ value: UInt8) -> Value {
    .array(type: "u1", shape: [22_500], bytes: [UInt8](repeating: value, count: 22_500))
  }

  /// A batch of images, each of which holds its label as the value of all pixels.
  package static func batch(
    _ title: String, labels: [Int], data: [Value]? = nil, without key: String? = nil
  ) -> [UInt8] {
    let entries: [(String, Value)] = [
      ("batch_label", .text(title)), ("labels", .list(labels.map { .int(Int32($0)) })),
      ("data", .list(data ?? labels.map { image(UInt8(truncatingIfNeeded: $0)) })),
      ("filenames", .list(labels.map { .text("\($0).png") })),
    ]
    return pickle(.dictionary(entries.filter { $0.0 != key }))
  }

  /// The description of the batches.
  package static func meta(_ names: [String], size: Int) -> [UInt8] {
    pickle(
      .dictionary([
        ("num_cases_per_batch", .int(Int32(size))), ("label_names", .list(names.map { .text($0) })),
        ("num_vis", .int(22_500)),
      ]))
  }

  /// The ten classes of MiraBest.
  package static let codes = ["100", "102", "104", "110", "112", "200", "201", "210", "300", "310"]

  /// All files of a small MiraBest: ten images a batch, one of each class.
  package static var miraBest: [String: [UInt8]] {
    var files = [
      "batches.meta": meta(codes, size: 10), "test_batch": batch("testing batch 1 of 1", labels: Array(0..<10)),
    ]
    for number in 1...7 {
      files["data_batch_\(number)"] = batch("training batch \(number) of 7", labels: Array(0..<10))
    }
    return files
  }

  /// All files of small batches of two classes: FR-DEEP's or those of 2019.
  package static func twoClasses(batches: Int, size: Int = 4) -> [String: [UInt8]] {
    let labels = (0..<size).map { $0 * 2 / size }
    var files = [
      "batches.meta": meta(["FRI", "FRII"], size: size), "test_batch": batch("testing batch 1 of 1", labels: labels),
    ]
    for number in 1...batches {
      files["data_batch_\(number)"] = batch("training batch \(number) of \(batches)", labels: labels)
    }
    return files
  }

  /// A tar archive of files, not compressed.
  package static func tar(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    for (name, bytes) in files {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, at offset: Int) {
        header.replaceSubrange(offset..<(offset + text.utf8.count), with: text.utf8)
      }
      func octal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: digits - text.count) + text
      }
      put(name, at: 0)
      put(octal(bytes.count, digits: 11), at: 124)
      put("0", at: 156)
      put("ustar", at: 257)
      put("        ", at: 148)
      put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6), at: 148)
      header[154] = 0
      archive += header + bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }
    return archive + [UInt8](repeating: 0, count: 1024)
  }
}

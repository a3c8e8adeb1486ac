import Foundation
import Testing
import Training

/// A temporary folder that disappears with its owner.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("training-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}

/// A field of a protocol-buffer message.
enum WireValue: Equatable {
  case varint(UInt64)
  case fixed64(UInt64)
  case fixed32(UInt32)
  case bytes([UInt8])
}

/// Decodes the fields of a message.
func decode(_ bytes: [UInt8]) throws -> [(field: Int, value: WireValue)] {
  struct Malformed: Error {}
  var fields: [(Int, WireValue)] = []
  var index = 0
  func varint() throws -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard index < bytes.count else { throw Malformed() }
      result |= UInt64(bytes[index] & 0x7F) << shift
      index += 1
      if bytes[index - 1] < 0x80 { return result }
      shift += 7
    }
  }
  func take(_ count: Int) throws -> [UInt8] {
    guard index + count <= bytes.count else { throw Malformed() }
    index += count
    return Array(bytes[(index - count)..<index])
  }
  while index < bytes.count {
    let key = try varint()
    switch key & 7 {
    case 0: fields.append((Int(key >> 3), .varint(try varint())))
    case 1: fields.append((Int(key >> 3), .fixed64(littleEndian(try take(8)))))
    case 2: fields.append((Int(key >> 3), .bytes(try take(Int(try varint())))))
    case 5: fields.append((Int(key >> 3), .fixed32(UInt32(littleEndian(try take(4))))))
    default: throw Malformed()
    }
  }
  return fields
}

func littleEndian(_ bytes: [UInt8]) -> UInt64 {
  bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
}

/// The masked CRC-32C, bit by bit, apart from the library's table.
func maskedChecksum(_ bytes: [UInt8]) -> UInt32 {
  var crc: UInt32 = ~0
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
  }
  crc = ~crc
  return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
}

/// The messages of an event file, with their checksums verified.
func records(_ url: URL) throws -> [[UInt8]] {
  let bytes = [UInt8](try Data(contentsOf: url))
  var index = 0
  var messages: [[UInt8]] = []
  while index < bytes.count {
    let length = Array(bytes[index..<(index + 8)])
    #expect(littleEndian(Array(bytes[(index + 8)..<(index + 12)])) == UInt64(maskedChecksum(length)))
    let end = index + 12 + Int(littleEndian(length))
    let message = Array(bytes[(index + 12)..<end])
    #expect(littleEndian(Array(bytes[end..<(end + 4)])) == UInt64(maskedChecksum(message)))
    messages.append(message)
    index = end + 4
  }
  return messages
}

@Suite struct EventFileTests {
  @Test func checksumOfTheStandardExample() {
    // The CRC-32C of "123456789" is 0xE3069283.
    let crc: UInt32 = 0xE306_9283
    #expect(maskedChecksum(Array("123456789".utf8)) == (crc >> 15 | crc << 17) &+ 0xA282_EAD8)
  }

  @Test func scalarsReadBack() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("events.out.tfevents.1.test")
    let writer = try EventFileWriter(url, wallTime: { 12.5 })
    try writer.add(scalars: [("loss", 0.25), ("accuracy", 0.5)], step: 300)
    writer.close()

    let messages = try records(url)
    try #require(messages.count == 2)
    let header = try decode(messages[0])
    #expect(header.contains { $0.field == 3 && $0.value == .bytes(Array("brain.Event:2".utf8)) })
    let event = try decode(messages[1])
    #expect(event[0].field == 1 && event[0].value == .fixed64((12.5).bitPattern))
    #expect(event[1].field == 2 && event[1].value == .varint(300))
    guard case .bytes(let summary) = event[2].value, event[2].field == 5 else {
      Issue.record("the event has no summary")
      return
    }
    let values = try decode(summary).map { field -> [(field: Int, value: WireValue)] in
      guard case .bytes(let bytes) = field.value else { return [] }
      return try decode(bytes)
    }
    #expect(values.count == 2)
    #expect(values[0][0].value == .bytes(Array("loss".utf8)))
    #expect(values[0][1].value == .fixed32(Float(0.25).bitPattern))
    #expect(values[1][1].value == .fixed32(Float(0.5).bitPattern))
  }

  @Test func histogramCountsEveryFiniteValue() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("events.out.tfevents.1.test")
    let writer = try EventFileWriter(url)
    try writer.add(histogram: [0, 1, 2, 3, 3, .nan], tag: "weights", step: 1, bins: 3)
    let event = try decode(try records(url)[1])
    guard case .bytes(let summary)? = event.last?.value, case .bytes(let entry)? = try decode(summary).first?.value,
      case .bytes(let histogram)? = try decode(entry).first(where: { $0.field == 5 })?.value
    else {
      Issue.record("the event has no histogram")
      return
    }
    let fields = try decode(histogram)
    #expect(fields[0].value == .fixed64((0.0).bitPattern))
    #expect(fields[1].value == .fixed64((3.0).bitPattern))
    #expect(fields[2].value == .fixed64((5.0).bitPattern))
    guard case .bytes(let counts) = fields[6].value else { return }
    let bins = stride(from: 0, to: counts.count, by: 8).map {
      Double(bitPattern: littleEndian(Array(counts[$0..<($0 + 8)])))
    }
    #expect(bins == [1, 1, 3])
  }

  @Test func fileIsCutBackToALength() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("events.out.tfevents.1.test")
    var writer = try EventFileWriter(url, wallTime: { 1 })
    try writer.add(scalars: [("loss", 1)], step: 1)
    let length = writer.length
    try writer.add(scalars: [("loss", 2)], step: 2)
    writer.close()
    writer = try EventFileWriter(url, keeping: length, wallTime: { 1 })
    try writer.add(scalars: [("loss", 3)], step: 2)
    writer.close()
    #expect(try records(url).count == 3)
  }

  @Test func linesAreJSON() throws {
    var line = MetricLine("step")
    line["loss"] = .number(.nan)
    line["rate"] = .number(1e-5)
    line["note"] = .text("a \"quote\"\n\u{1}")
    line["best"] = .bool(true)
    line["step"] = .int(4)
    #expect(
      line.json
        == #"{"kind":"step","loss":null,"rate":1e-05,"note":"a \"quote\"\n\u0001","best":true,"step":4}"#)
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.json.utf8)) }
  }
}

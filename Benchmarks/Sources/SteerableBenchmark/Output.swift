import Foundation

/// Prints one line of JSON at once, so that the reader can time it.
func report(_ result: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  FileHandle.standardOutput.write(try encoder.encode(result) + Data("\n".utf8))
}

/// The seconds that `body` takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try body()
  return (ContinuousClock.now - start) / .seconds(1)
}

/// The seconds of several calls after `warmups` unmeasured ones: at least one, and more until `limit` seconds have passed.
func repeated(warmups: Int = 1, limit: Double, atMost most: Int = 50, _ body: () throws -> Void) rethrows -> [Double] {
  for _ in 0..<warmups { try body() }
  var times: [Double] = []
  repeat {
    times.append(try seconds(body))
  } while times.reduce(0, +) < limit && times.count < most
  return times
}

/// The middle one of some times.
func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

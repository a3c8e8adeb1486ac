import Experiments
import Foundation
import Synchronization
import Testing
import Training

@Suite struct StudyFolderTests {
  private static func results<Result: Codable>(
    _ study: StudyFolder, _ runs: [String], _ work: (String, Int, URL, Bool) throws -> Result?
  ) throws -> [Result]? {
    try study.results(of: runs, name: { $0 }, stop: StopSignal(), work)
  }

  @Test func aRunIsDoneOnce() throws {
    try Samples.withFolder { folder in
      let path = folder.appending(path: "study").path
      var count = 0
      for _ in 0..<3 {
        let study = try StudyFolder(output: path, study: "a", settings: ["preset": "cpu"])
        let results = try Self.results(study, ["net/seed-0", "net/seed-1"]) { name, index, url, resume -> Double? in
          #expect(!resume && url.path.hasSuffix("runs/" + name) && name.hasSuffix("\(index)"))
          count += 1
          return Double(index) + 0.5
        }
        #expect(results == [0.5, 1.5])
      }
      #expect(count == 2)
    }
  }

  @Test func aStoppedRunGoesOn() throws {
    try Samples.withFolder { folder in
      let study = try StudyFolder(output: folder.path, study: "a")
      let first = try Self.results(study, ["net", "next"]) { name, _, url, _ -> Double? in
        #expect(name == "net", "nothing is begun after a stop")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try "{}".write(to: url.appending(path: "manifest.json"), atomically: true, encoding: .utf8)
        return nil
      }
      #expect(first == nil && study.savedResult(of: "net", as: Double.self) == nil)
      let second = try Self.results(study, ["net"]) { _, _, _, resume in resume ? 1.0 : nil }
      #expect(second == [1] && study.savedResult(of: "net") == 1.0)
      let signal = StopSignal()
      signal.request()
      let third = try study.results(of: ["other"], name: { $0 }, stop: signal) { _, _, _, _ in 2.0 }
      #expect(third == nil, "a stop that came before is heard")
    }
  }

  /// Two that work on the same folder: each run is done once, both see all results, and they take turns.
  @Test func runsAreDividedAmongThoseWhoShareAFolder() throws {
    try Samples.withFolder { folder in
      let path = folder.appending(path: "study").path
      try StudyFolder(output: path, study: "a").begin()
      let runs = (0..<12).map { "net/seed-\($0)" }
      let done = Mutex<[String: [Int]]>([:])
      let found = Mutex<[[Int]]>([])
      DispatchQueue.concurrentPerform(iterations: 2) { worker in
        do {
          let study = try StudyFolder(output: path, study: "a")
          let results = try Self.results(study, runs) { name, index, _, _ in
            done.withLock { $0[name, default: []].append(worker) }
            Thread.sleep(forTimeInterval: 0.02)
            return index
          }
          found.withLock { $0.append(results ?? []) }
        } catch {
          Issue.record(error)
        }
      }
      #expect(found.withLock { $0 } == [Array(0..<12), Array(0..<12)])
      let workers = done.withLock { $0 }
      #expect(workers.count == 12 && workers.values.allSatisfy { $0.count == 1 }, "\(workers)")
    }
  }

  /// What is refused later leaves nothing, and of two studies that were prepared for one folder the first to begin has it.
  @Test func aFolderIsMadeWhenTheStudyBegins() throws {
    try Samples.withFolder { folder in
      let path = folder.appending(path: "deep/study").path
      let small = try StudyFolder(output: path, study: "a", settings: ["preset": "cpu"])
      let large = try StudyFolder(output: path, study: "a", settings: ["preset": "full"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
      try large.begin()
      #expect(throws: StudyError.self) { try small.begin() }
      try large.begin()
      #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["study.json"])
    }
  }

  /// What a folder can hold that a study must not touch, and what the error says.
  @Test(arguments: [
    ("file", "is a file, not a folder"), ("foreign", "holds notes.txt, which no study made"),
    ("other study", "holds the study b"), ("other settings", "preset cpu, and full is asked for"),
    ("broken", "its study.json is not that of a study"),
  ])
  func anotherFolderIsRefused(kind: String, message: String) throws {
    try Samples.withFolder { folder in
      let path = folder.appending(path: "study")
      func put(_ text: String, _ name: String) throws {
        try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
        try text.write(to: path.appending(path: name), atomically: true, encoding: .utf8)
      }
      switch kind {
      case "file": try "x".write(to: path, atomically: true, encoding: .utf8)
      case "foreign": try put("mine", "notes.txt")
      case "other study": try StudyFolder(output: path.path, study: "b", settings: ["preset": "cpu"]).begin()
      case "other settings": try StudyFolder(output: path.path, study: "a", settings: ["preset": "cpu"]).begin()
      default: try put("{", "study.json")
      }
      let before = try? FileManager.default.contentsOfDirectory(atPath: path.path)
      let error = #expect(throws: StudyError.self) {
        _ = try StudyFolder(output: path.path, study: "a", settings: ["preset": "full"])
      }
      #expect(error?.description.contains(message) == true, "\(String(describing: error))")
      #expect((try? FileManager.default.contentsOfDirectory(atPath: path.path)) == before)
    }
  }
}

import Experiments
import Foundation
import Testing

@Suite struct StudyFolderTests {
  @Test func aRunIsDoneOnce() throws {
    try Samples.withFolder { folder in
      let path = folder.appending(path: "study").path
      var count = 0
      for _ in 0..<3 {
        let study = try StudyFolder(output: path, study: "a", settings: ["preset": "cpu"])
        let result = try study.result(of: "net/seed-0") { url, resume -> Double? in
          #expect(!resume && url.path.hasSuffix("runs/net/seed-0"))
          count += 1
          return 0.5
        }
        #expect(result == 0.5)
      }
      #expect(count == 1)
    }
  }

  @Test func aStoppedRunGoesOn() throws {
    try Samples.withFolder { folder in
      let study = try StudyFolder(output: folder.path, study: "a")
      let first = try study.result(of: "net") { url, _ -> Double? in
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try "{}".write(to: url.appending(path: "manifest.json"), atomically: true, encoding: .utf8)
        return nil
      }
      #expect(first == nil && study.savedResult(of: "net", as: Double.self) == nil)
      let second = try study.result(of: "net") { _, resume in resume ? 1.0 : nil }
      #expect(second == 1 && study.savedResult(of: "net") == 1.0)
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
      case "other study": _ = try StudyFolder(output: path.path, study: "b", settings: ["preset": "cpu"])
      case "other settings": _ = try StudyFolder(output: path.path, study: "a", settings: ["preset": "cpu"])
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

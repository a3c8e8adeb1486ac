import Foundation
import Testing
import Training

@Suite struct RunDirectoryTests {
  private func text(_ url: URL, _ name: String, _ content: String) throws {
    try Data(content.utf8).write(to: url.appendingPathComponent(name))
  }

  @Test func emptyAndAbsentFoldersAreAccepted() throws {
    let folder = try TemporaryFolder()
    #expect(throws: Never.self) { try RunDirectory.prepare(at: folder.url.path) }
    let absent = folder.url.appendingPathComponent("runs/new").path
    let run = try RunDirectory.prepare(at: absent)
    #expect(run.lastCheckpoint.path == absent + "/checkpoints/last.safetensors")
    // Nothing is made before training begins.
    #expect(!FileManager.default.fileExists(atPath: absent))
  }

  @Test func foreignFoldersAreRefused() throws {
    let folder = try TemporaryFolder()
    try text(folder.url, "thesis.tex", "…")
    for resume in [false, true] {
      let error = #expect(throws: TrainingError.self) {
        try RunDirectory.prepare(at: folder.url.path, resume: resume)
      }
      #expect(
        error?.description
          == "\(folder.url.path): holds other files; choose a new or empty folder for the run")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["thesis.tex"])
  }

  @Test func runsAreResumedOnlyWhenAskedFor() throws {
    let folder = try TemporaryFolder()
    try text(folder.url, "manifest.json", "{\"format\": \"swift-steerable run\"}")
    let error = #expect(throws: TrainingError.self) { try RunDirectory.prepare(at: folder.url.path) }
    #expect(
      error?.description
        == "\(folder.url.path): already holds a run; choose another folder, or go on with it by `train --resume`")
    #expect(try RunDirectory.prepare(at: folder.url.path, resume: true).isResumed)
    #expect(throws: Never.self) { try RunDirectory.open(at: folder.url.path) }
  }

  @Test func openingSomethingElseIsAnError() throws {
    let folder = try TemporaryFolder()
    try text(folder.url, "manifest.json", "[1, 2]")
    for path in [folder.url.path, folder.url.path + "/manifest.json", folder.url.path + "/absent"] {
      #expect(throws: TrainingError.self) { try RunDirectory.open(at: path) }
    }
    let absent = #expect(throws: TrainingError.self) {
      try RunDirectory.prepare(at: folder.url.path + "/absent", resume: true)
    }
    #expect(absent?.description.hasSuffix("there is no run to resume; leave out --resume to start one") == true)
  }
}

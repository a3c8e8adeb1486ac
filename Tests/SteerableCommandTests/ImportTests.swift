import Foundation
import Testing

/// `steerable import` and the way back.
struct ImportTests {
  private struct Report: Decodable {
    struct Layer: Decodable {
      let ours: String
      let theirs: String
      let method: String
      let residual: Double?
    }
    let largestResidual: Double
    let layers: [Layer]
  }

  @Test(arguments: ["e2cnn", "escnn"]) func aRunLikeAnyOther(library: String) throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    let weights = Command.root.appending(path: "Tests/Goldens/networks/\(library)_classifier.pt").path
    let imported = try command.run([
      "import", "--from", weights, "--config", "c.yaml", "--output", "run", "--json",
    ])
    #expect(imported.code == 0, "\(imported.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(imported.output.utf8))
    #expect(report.largestResidual < 1e-5)
    #expect(report.layers.map(\.theirs) == ["body.0", "body.1", "body.4", "body.5", "head.0", "head.1", "head.4"])

    let verified = try command.run(["verify", "--run", "run", "--json"])
    #expect(verified.code == 0, "\(verified.errors)")
    let evaluated = try command.run(["evaluate", "--run", "run", "--limit", "8"])
    #expect(evaluated.code == 0, "\(evaluated.errors)")
    let back = try command.run([
      "export", "--run", "run", "--format", "state-dict", "--like", weights, "--output", "back.safetensors",
    ])
    #expect(back.code == 0, "\(back.errors)")
    // What went out comes in again.
    let again = try command.run([
      "import", "--from", "back.safetensors", "--config", "c.yaml", "--output", "again",
    ])
    #expect(again.code == 0, "\(again.errors)")
    #expect(again.output.contains("residual"), "\(again.output)")
    #expect(again.output.contains("body.4"), "\(again.output)")
  }
}

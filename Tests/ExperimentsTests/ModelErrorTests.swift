import Datasets
import Experiments
import Foundation
import Symmetry
import Tensors
import Testing

/// Networks that cannot be built say so before anything else happens.
struct ModelErrorTests {
  @Test(arguments: [
    ("irrep(1)", "ReLU"), ("2 regulr", "regulr"), ("quotient(None,3)", "3"), ("", "representation"),
    ("0 regular", "copies"),
  ])
  func wrongFields(_ fields: String, _ message: String) {
    let error = problem(Samples.steerable("C4", fields: fields))
    #expect(error.contains(message), "\(error)")
  }

  @Test func wrongGroups() {
    #expect(problem(Samples.steerable("E8")).contains("unknown group \"E8\""))
    #expect(problem(Samples.steerable("SO2")).contains("finite"))
  }

  @Test func wrongSizes() {
    var configuration = Samples.steerable("C4")
    configuration.blocks[1].kernelSize = 21
    configuration.blocks[1].padding = 0
    #expect(problem(configuration).contains("model.blocks.1"))
    #expect(problem(Samples.steerable("C4", inputSide: 9)).contains("17x17"))
    #expect(problem(Samples.plain(inputSide: 9)).contains("17x17"))
  }

  @Test func wrongPools() {
    let wide = PoolConfiguration(kind: .max, kernelSize: 16, stride: 1)
    var configuration = Samples.steerable("C4", pool: wide)
    configuration.blocks[1].pool = wide
    #expect(problem(configuration).contains("model.blocks.1.pool"))
    #expect(problem(Samples.plain(pool: PoolConfiguration(kind: .max, padding: 2))).contains("half the window"))
  }

  /// A process that asks for terabytes would be killed without a word.
  @Test(arguments: [
    ("inputSide: 4096", "128", "image"), ("inputSide: 512", "1000000", "a batch of 1000000 images"),
  ])
  func whatDoesNotFitInMemoryIsRefused(_ side: String, _ images: String, _ message: String) throws {
    try Samples.withFolder { folder in
      let file = folder.appending(path: "c.yaml")
      try """
      name: huge
      data: {kind: simulated-galaxies, imageSide: 17, training: \(images)}
      model:
        kind: plain-cnn
        \(side)
        blocks: [{channels: 4096, kernelSize: 1}]
      training: {batchSize: \(images)}
      """.write(to: file, atomically: true, encoding: .utf8)
      let run = folder.appending(path: "run").path
      do {
        _ = try Experiment(path: file.path).train(output: run)
        Issue.record("no error")
      } catch {
        #expect(error is ModelError && "\(error)".contains(message) && "\(error)".contains("GB"), "\(error)")
      }
      #expect(!FileManager.default.fileExists(atPath: run))
    }
  }

  /// The message of the error that building the network ends with; empty if it does not.
  private func problem(_ configuration: CNNConfiguration) -> String {
    do {
      _ = try Samples.network(configuration)
      return ""
    } catch {
      return "\(error)"
    }
  }
}

import Foundation
import Tensors
import TestSupport
import Testing
import Training

/// Trainings by several processes of this test program, beside the same training by one.
@Suite(.serialized) struct DistributedTrainingTests {
  /// Runs all processes of a training and returns their records.
  private func run(_ training: SharedTraining) async throws -> [SharedTraining.Record] {
    var training = training
    training.port = try #require(FreePort.find())
    let text = String(decoding: try JSONEncoder().encode(training), as: UTF8.self)
    await withTaskGroup(of: Void.self) { group in
      for rank in 0..<training.size {
        group.addTask {
          await #expect(processExitsWith: .success) { [text = text as String, rank = rank as Int] in
            try JSONDecoder().decode(SharedTraining.self, from: Data(text.utf8)).run(rank: rank)
          }
        }
      }
    }
    return try (0..<training.size).map { try training.record(rank: $0) }
  }

  private func expectEqual(
    _ found: SharedTraining.Record, _ expected: SharedTraining.Record, within tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.losses.count == expected.losses.count, sourceLocation: sourceLocation)
    for (step, (a, b)) in zip(found.losses, expected.losses).enumerated() {
      #expect(abs(a - b) <= tolerance, "loss of step \(step + 1): \(a), \(b)", sourceLocation: sourceLocation)
    }
    expectEqualWeights(found, expected, within: tolerance, sourceLocation: sourceLocation)
  }

  private func expectEqualWeights(
    _ found: SharedTraining.Record, _ expected: SharedTraining.Record, within tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.weights.keys.sorted() == expected.weights.keys.sorted(), sourceLocation: sourceLocation)
    for (key, values) in expected.weights {
      let distance = zip(values, found.weights[key] ?? []).map { abs($0 - $1) }.max() ?? .infinity
      #expect(distance <= tolerance, "\(key) differs by \(distance)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [(2, 1, false), (3, 1, true), (2, 2, false)])
  func processesMakeTheStepsOfOne(size: Int, accumulate: Int, recompute: Bool) async throws {
    let folder = try TemporaryFolder()
    // 39 images in batches of 16: the last of an epoch has 7, which no number of processes divides.
    var training = SharedTraining(size: size, folder: folder.url.path, accumulate: accumulate)
    var alone = training
    alone.size = 1
    training.recompute = recompute
    let expected = try alone.run(rank: 0)
    #expect(expected.losses.count == 6 && expected.validationLosses.count == 2)
    let records = try await run(training)
    for record in records {
      // Dropout of one process that works on parts draws for each part anew, as all do: equal, too.
      expectEqual(record, expected, within: 1e-10)
      for (a, b) in zip(record.validationLosses, expected.validationLosses) { #expect(abs(a - b) < 1e-6) }
      #expect(record.weights == records[0].weights, "the processes differ")
      #expect(record.validationLosses == records[0].validationLosses)
    }
  }

  @Test func singlePrecisionStaysClose() async throws {
    let folder = try TemporaryFolder()
    let training = SharedTraining(folder: folder.url.path, isSingle: true)
    var alone = training
    alone.size = 1
    let expected = try alone.run(rank: 0)
    for record in try await run(training) { expectEqual(record, expected, within: 1e-4) }
  }

  @Test(arguments: [1, 3]) func aStoppedRunIsResumedByAnotherNumberOfProcesses(size: Int) async throws {
    let folder = try TemporaryFolder()
    let whole = try SharedTraining(size: 1, folder: folder.url.path).run(rank: 0)
    var training = SharedTraining(folder: folder.url.path, writes: true, stopAt: 4)
    let stopped = try await run(training)
    // The wish of one process is known to all with the next step.
    #expect(stopped.map(\.reason) == [.interrupted, .interrupted] && stopped.map(\.steps) == [5, 5])
    training.stopAt = nil
    training.size = size
    let records = size == 1 ? [try training.run(rank: 0)] : try await run(training)
    #expect(records.allSatisfy { $0.reason == .completed && $0.steps == 6 && $0.losses.count == 1 })
    // The averages are kept, as without a folder.
    for record in records { expectEqualWeights(record, whole, within: 1e-10) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/run/checkpoints")
    #expect(names.sorted() == ["best.safetensors", "last.safetensors"])
    let lines = try metrics(folder.url.appendingPathComponent("run")).filter { $0["kind"] == "step" }
    #expect(lines.compactMap { $0["step"] } == ["1", "2", "3", "4", "5", "6"])
  }

  @Test func sumsHaveTheSumOfGradients() async throws {
    let port = try #require(FreePort.find())
    await withTaskGroup(of: Void.self) { group in
      for rank in 0..<2 {
        group.addTask {
          await #expect(processExitsWith: .success) { [port = port as Int, rank = rank as Int] in
            let group = try ProcessGroup(address: "127.0.0.1", port: port, rank: rank, size: 2, timeout: 60)
            let x = Tensor([1.0, 2.0], shape: [2]) * Double(rank + 1)
            let leaf = x.requiringGradient()
            let loss = (try group.differentiableSum(leaf) * Double(rank + 2)).sum()
            loss.backward()
            let total = try group.sum(x).scalars(as: Double.self)
            let first = try group.broadcast(x, from: 1).scalars(as: Double.self)
            try group.barrier()
            guard total == [3, 6], first == [2, 4], leaf.grad?.scalars(as: Double.self) == [5, 5] else { exit(1) }
          }
        }
      }
    }
  }

  @Test func aProcessThatDoesNotComeIsAnError() throws {
    let port = try #require(FreePort.find())
    let environment = try #require(
      try DistributedEnvironment(variables: [
        "RANK": "0", "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "\(port)",
        "STEERABLE_TIMEOUT": "1",
      ]))
    let error = #expect(throws: TrainingError.self) { _ = try TrainingTeam(environment) }
    #expect(error?.description.contains("process 0 of 2 did not find the others at 127.0.0.1:") == true, "\(error!)")
    #expect(error?.description.contains("did not answer within 1 s") == true, "\(error!)")
  }
}

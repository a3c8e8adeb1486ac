public import Foundation
internal import Interchange
public import Layers
internal import OrderedCollections
internal import Tensors

/// Reads and writes the weights of a finished model.
public enum Weights {
  /// Writes the state dictionary of `model` in the safetensors format, with `metadata` for whoever reads it.
  ///
  /// **Throws**: `TrainingError.file` if the system refuses; nothing is left behind.
  public static func write(_ model: Module, metadata: [String: String] = [:], to url: URL) throws(TrainingError) {
    var metadata = metadata
    metadata["format"] = "swift-steerable weights"
    do {
      try Safetensors.write(model.stateDict(copying: false).entries, metadata: metadata, to: url)
    } catch {
      throw .file("\(error)")
    }
  }

  /// Loads a weights file, or the weights in a checkpoint, into `model`.
  ///
  /// A checkpoint with a moving average of the weights gives the average.
  ///
  /// **Throws**: `CheckpointError` for a file that is absent or damaged or does not fit; nothing is changed then.
  public static func load(from url: URL, into model: Module) throws(CheckpointError) {
    let state: StateDict
    do {
      if try Safetensors.readHeader(url).metadata["format"] == Checkpoint.format {
        let checkpoint = try Checkpoint.read(from: url)
        state = checkpoint.weights
      } else {
        state = StateDict(try Safetensors.read(url).tensors)
      }
    } catch let error as CheckpointError {
      throw error
    } catch {
      throw CheckpointError(path: url.path, problem: "cannot be read: \(error)")
    }
    do {
      try model.load(state)
    } catch {
      throw CheckpointError(path: url.path, problem: "does not fit the model: \(error)")
    }
  }
}

extension RunDirectory {
  /// Loads the weights that the run has: those it finished with, else the best, else the last.
  ///
  /// **Throws**: `CheckpointError` if there are none, or if they do not fit; nothing is changed then.
  public func loadWeights(into model: Module) throws(CheckpointError) {
    let candidates = [weights, bestCheckpoint, lastCheckpoint]
    guard let url = candidates.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
      throw CheckpointError(path: url.path, problem: "the run has no weights yet")
    }
    try Weights.load(from: url, into: model)
  }
}

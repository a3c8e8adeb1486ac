public import Layers
internal import Foundation

extension RunDirectory {
  /// Makes a finished run of a model that was not trained here, so that it can be evaluated, verified and exported.
  ///
  /// **Throws**: `TrainingError` if the system refuses; a folder that was made for it is removed then.
  public func finish(
    with model: Module, name: String, seed: UInt64, settings: ConfigurationValue, metadata: [String: String] = [:]
  ) throws(TrainingError) {
    do {
      try create(manifest: RunManifest(name: name, seed: seed), configuration: settings.yaml)
      try Weights.write(model, metadata: metadata, to: weights)
    } catch {
      discard()
      throw error
    }
  }
}

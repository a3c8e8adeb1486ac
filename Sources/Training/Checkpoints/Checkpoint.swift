public import Foundation
internal import Interchange
public import Layers
internal import OrderedCollections
public import Optimizers
internal import Tensors

/// The complete state of a training in one file: model, optimizer, generators, and where it stands.
///
/// The file is in the safetensors format, with tensors under `model.`, `optimizer.`, `average.` and `generator.` and a
/// JSON text in its metadata. It is written whole under another name and then renamed, so a file that is there is complete.
///
/// A training loop of your own can use it too:
/// ```swift
/// try Checkpoint(model: model, optimizer: optimizer, step: step).write(to: url)
/// …
/// let step = try Checkpoint.read(from: url).restore(model: model, optimizer: &optimizer)
/// ```
///
/// **State**: the model's keys are those of its state dictionary.
public struct Checkpoint {
  static let format = "swift-steerable checkpoint"
  static let version = 1

  /// The JSON part of the file.
  struct Header: Codable {
    var format = Checkpoint.format
    var version = Checkpoint.version
    var step: Int
    var optimizerScalars: [String: Double]
    var identity: CheckpointIdentity?
    var state: TrainingState?
  }

  var header: Header
  var model: StateDict
  var optimizer: OrderedDictionary<String, Tensor>
  var average: StateDict?
  var generators: OrderedDictionary<String, [UInt8]>
  /// The file that this was read from, for messages.
  var path = "checkpoint"

  /// The steps done.
  public var step: Int { header.step }

  /// The weights to use the model with: the averages where there are any.
  var weights: StateDict {
    var result = model
    for (key, tensor) in average ?? StateDict() { result[key] = tensor }
    return result
  }

  /// Copies the state of a model and its optimizer.
  public init(model: Module, optimizer: any Optimizer, step: Int) {
    let state = optimizer.state
    header = Header(step: step, optimizerScalars: state.scalars)
    self.model = model.stateDict()
    self.optimizer = state.tensors
    generators = model.generatorStates
  }

  /// Writes the file; a file of that name is replaced in one step.
  ///
  /// **Throws**: `TrainingError.file` if the system refuses; nothing is left behind.
  public func write(to url: URL) throws(TrainingError) {
    var tensors: OrderedDictionary<String, Tensor> = [:]
    for (key, tensor) in model { tensors["model.\(key)"] = tensor }
    for (key, tensor) in optimizer { tensors["optimizer.\(key)"] = tensor }
    for (key, tensor) in average ?? StateDict() { tensors["average.\(key)"] = tensor }
    for (key, bytes) in generators { tensors["generator.\(key)"] = Tensor(bytes, shape: [bytes.count]) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = Self.floats
    do {
      let json = String(decoding: try encoder.encode(header), as: UTF8.self)
      try Safetensors.write(tensors, metadata: ["format": Self.format, "checkpoint": json], to: url)
    } catch {
      throw .file("\(error)")
    }
  }

  /// Reads a file that `write(to:)` made.
  ///
  /// **Throws**: `CheckpointError` for a file that is absent, cut short, damaged or something else.
  public static func read(from url: URL) throws(CheckpointError) -> Checkpoint {
    let path = url.path
    guard FileManager.default.fileExists(atPath: path) else {
      throw CheckpointError(path: path, problem: "no such file")
    }
    let tensors: OrderedDictionary<String, Tensor>
    let metadata: [String: String]
    do {
      let contents = try Safetensors.read(url)
      tensors = contents.tensors
      metadata = contents.metadata
    } catch {
      // The description begins with the path, as ours does.
      let text = "\(error)"
      throw CheckpointError(path: path, problem: text.hasPrefix(path) ? trimmed(text.dropFirst(path.count)) : text)
    }
    guard metadata["format"] == format, let json = metadata["checkpoint"] else {
      throw CheckpointError(path: path, problem: "is not a checkpoint, though a safetensors file")
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    struct Mark: Decodable { let version: Int }
    if let mark = try? decoder.decode(Mark.self, from: Data(json.utf8)), mark.version != version {
      throw CheckpointError(
        path: path, problem: "was written in version \(mark.version) of the format; this program reads \(version)")
    }
    guard let header = try? decoder.decode(Header.self, from: Data(json.utf8)) else {
      throw CheckpointError(path: path, problem: "its metadata are damaged")
    }
    return try Checkpoint(header: header, tensors: tensors, path: path)
  }

  private init(
    header: Header, tensors: OrderedDictionary<String, Tensor>, path: String
  ) throws(CheckpointError) {
    self.header = header
    self.path = path
    model = StateDict()
    optimizer = [:]
    generators = [:]
    for (key, tensor) in tensors {
      guard let dot = key.firstIndex(of: ".") else {
        throw CheckpointError(path: path, problem: "unexpected key \"\(key)\"")
      }
      let name = String(key[key.index(after: dot)...])
      switch key[..<dot] {
      case "model": model[name] = tensor
      case "optimizer": optimizer[name] = tensor
      case "average":
        if average == nil { average = StateDict() }
        average?[name] = tensor
      case "generator": generators[name] = tensor.scalars(as: UInt8.self)
      default: throw CheckpointError(path: path, problem: "unexpected key \"\(key)\"")
      }
    }
  }

  /// Puts the state back into a model and its optimizer, and returns the steps done.
  ///
  /// **Throws**: `CheckpointError` if any key, shape or type does not fit; nothing is changed then.
  @discardableResult
  public func restore<Rule: Optimizer>(
    model target: Module, optimizer rule: inout Rule
  ) throws(CheckpointError) -> Int {
    var copy = rule
    let generatorsBefore = target.generatorStates
    do {
      try copy.load(OptimizerState(tensors: optimizer, scalars: header.optimizerScalars))
    } catch {
      throw CheckpointError(path: path, problem: "does not fit the optimizer: \(error)")
    }
    do {
      try target.loadGeneratorStates(generators)
    } catch {
      throw CheckpointError(path: path, problem: "does not fit the model's generators: \(error)")
    }
    do {
      try target.load(model)
    } catch {
      try? target.loadGeneratorStates(generatorsBefore)
      throw CheckpointError(path: path, problem: "does not fit the model: \(error)")
    }
    rule = copy
    return header.step
  }

  private static let floats = JSONEncoder.NonConformingFloatEncodingStrategy.convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { ",: ".contains($0) })
  }
}

extension Checkpoint {
  /// The first difference between the tensors, generators and positions of two checkpoints; times do not count.
  package func difference(from other: Checkpoint) -> String? {
    if let difference = model.difference(from: other.model) { return "model: \(difference)" }
    if let difference = StateDict(optimizer).difference(from: StateDict(other.optimizer)) {
      return "optimizer: \(difference)"
    }
    if let difference = (average ?? StateDict()).difference(from: other.average ?? StateDict()) {
      return "average: \(difference)"
    }
    if generators != other.generators { return "the generators differ" }
    if header.optimizerScalars != other.header.optimizerScalars { return "the optimizer's numbers differ" }
    if header.state?.timeless != other.header.state?.timeless { return "the positions differ" }
    return nil
  }
}

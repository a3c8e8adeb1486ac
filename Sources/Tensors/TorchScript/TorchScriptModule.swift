internal import CTorchShim

/// A TorchScript program with its weights: built from source text, saved to and loaded from PyTorch's own format.
///
/// Weights have dotted names. Every part but the last becomes a submodule, so that in Python `state_dict()` has the same
/// names; `expression(for:)` is how the source refers to them.
///
/// ```swift
/// let source = """
///   def forward(self, x):
///     return torch.relu(torch.linear(x, \(TorchScriptModule.expression(for: "head.0.weight"))))
///   """
/// let module = try TorchScriptModule(source: source, parameters: [("head.0.weight", weight)])
/// let logits = module(images)
/// ```
///
/// **State**: the parameters and buffers by name, detached from differentiation and shared with the tensors given.
public final class TorchScriptModule {
  private let script: TSScript

  private init(owned script: TSScript) {
    self.script = script
  }

  deinit {
    ts_script_free(script)
  }

  /// Compiles method definitions, `def forward(self, x): …` among them, over named tensors.
  ///
  /// Text is TorchScript; parameters without annotation are tensors, and `torch.` names the operators.
  ///
  /// **Throws**: `TorchError` when a name is given twice or the source does not compile; the message has the first line
  /// of the compiler's.
  public init(
    name: String = "Model", source: String, parameters: [(name: String, tensor: Tensor)] = [],
    buffers: [(name: String, tensor: Tensor)] = []
  ) throws(TorchError) {
    script = try Self.made("TorchScriptModule") { ts_script_create(name, $0) }
    for (name, tensor) in parameters { try register(name, tensor, isBuffer: false) }
    for (name, tensor) in buffers { try register(name, tensor, isBuffer: true) }
    try call("TorchScriptModule") { ts_script_define($0, source + "\n", $1) ? true : nil }
  }

  /// How source text refers to the tensor with a dotted name.
  public static func expression(for name: String) -> String {
    name.split(separator: ".", omittingEmptySubsequences: false).reduce("self") { base, part in
      let isIdentifier =
        part.first.map { $0 == "_" || $0.isLetter } == true
        && part.allSatisfy { $0.isASCII && ($0 == "_" || $0.isLetter || $0.isNumber) }
      return isIdentifier && !keywords.contains(String(part)) ? "\(base).\(part)" : "getattr(\(base), \"\(part)\")"
    }
  }

  /// Reads a file that PyTorch or `save` wrote, with its tensors on the processor.
  ///
  /// **Throws**: `TorchError` when the file cannot be read or is no TorchScript archive.
  public static func load(from path: String) throws(TorchError) -> TorchScriptModule {
    do throws(TorchError) {
      return TorchScriptModule(owned: try made("TorchScriptModule.load") { ts_script_load(path, $0) })
    } catch {
      throw naming(path, error)
    }
  }

  /// Writes the program and its weights straight to `path`; a part of the file remains after an error.
  ///
  /// `save(to:)` of Interchange, which users call, puts complete files in place. Errors name `shown` instead of `path`.
  ///
  /// **Throws**: `TorchError` when the file cannot be written.
  package func write(to path: String, reportedAs shown: String? = nil) throws(TorchError) {
    do throws(TorchError) {
      try call("TorchScriptModule.write") { ts_script_save($0, path, $1) ? true : nil }
    } catch {
      throw Self.naming(shown ?? path, error)
    }
  }

  /// Runs `forward` on one tensor and returns its only result.
  ///
  /// **Traps**: when the program fails or returns another number of tensors.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    let results = callAsFunction([input])
    guard results.count == 1 else {
      Torch.fail(
        operation: "TorchScriptModule", operands: [input.shape], message: "forward returned \(results.count) tensors")
    }
    return results[0]
  }

  /// Runs `forward` and returns the tensors that it returns, alone, in a tuple or in a list.
  ///
  /// **Traps**: when the program fails.
  public func callAsFunction(_ inputs: [Tensor]) -> [Tensor] {
    trapping(try run(inputs))
  }

  /// Runs a method and returns the tensors that it returns, alone, in a tuple or in a list.
  ///
  /// **Throws**: `TorchError` when the program fails.
  public func run(_ inputs: [Tensor], method: String = "forward") throws(TorchError) -> [Tensor] {
    var error = TSError()
    var results: UnsafeMutablePointer<TSTensor>?
    var count = 0
    let succeeded = withExtendedLifetime((self, inputs)) {
      ts_script_run(script, method, inputs.map(\.pointer), inputs.count, &results, &count, &error)
    }
    guard succeeded, let results else { throw TorchError(&error, "TorchScriptModule.\(method)", inputs) }
    defer { ts_script_results_free(results) }
    return (0..<count).map { Tensor(owned: results[$0]) }
  }

  /// A copy for inference only, whose weights are constants.
  ///
  /// **Throws**: `TorchError` when the program writes to its own attributes.
  public func frozen() throws(TorchError) -> TorchScriptModule {
    TorchScriptModule(owned: try call("TorchScriptModule.frozen") { ts_script_frozen($0, $1) })
  }

  /// A copy for inference only: weights are constants, batch normalization is folded in, operators are fused.
  ///
  /// On the CPU, in float32 and bfloat16, convolutions are computed in the way that suits their filters: by the few
  /// functions of which the filters of a steerable network, exported by whatever library, are sums; by minimal filtering
  /// where they have 3 × 3 pixels; else by oneDNN, with the filters in its own order. Results are the same to rounding. In
  /// bfloat16 what lies below the rounding of the filters themselves does not count as a function of its own. Images
  /// `[N, C, H, W]` in channels-last memory are taken as they are, others are copied first.
  ///
  /// The copy holds operators that only this library knows and cannot be saved: files are written from the original.
  ///
  /// **Complexity**: preparation reads every filter once, some tenths of a second for tens of millions of weights.
  ///
  /// **Reference**: Lavin and Gray (2016), "Fast algorithms for convolutional neural networks".
  ///
  /// **Throws**: `TorchError` when the program writes to its own attributes.
  public func optimizedForInference() throws(TorchError) -> TorchScriptModule {
    TorchScriptModule(owned: try call("TorchScriptModule.optimizedForInference") { ts_script_optimized($0, $1) })
  }

  /// The operators of `forward` in order, with their namespaces.
  package var operators: [String] {
    text(trapping(try call("TorchScriptModule.operators") { ts_script_operators($0, $1) }))
      .split(separator: "\n").map(String.init)
  }

  /// The dotted names of the parameters, then those of the buffers.
  public var names: [String] {
    text(trapping(try call("TorchScriptModule.names") { ts_script_names($0, $1) }))
      .split(separator: "\n").map(String.init)
  }

  /// The tensor with a dotted name.
  ///
  /// **Throws**: `TorchError` when there is none.
  public func tensor(named name: String) throws(TorchError) -> Tensor {
    Tensor(owned: try call("TorchScriptModule.tensor") { ts_script_attribute($0, name, $1) })
  }

  private static let keywords: Set<String> = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "False", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "None", "nonlocal", "not", "or",
    "pass", "raise", "return", "True", "try", "while", "with", "yield",
  ]

  private func register(_ name: String, _ tensor: Tensor, isBuffer: Bool) throws(TorchError) {
    try call("TorchScriptModule") { script, error in
      withExtendedLifetime(tensor.handle) {
        ts_script_register(script, name, tensor.pointer, isBuffer, error) ? true : nil
      }
    }
  }

  /// Calls the shim with the program, which stays alive for the length of the call.
  @discardableResult
  private func call<Result>(
    _ operation: StaticString, _ body: (TSScript, ErrorPointer) -> Result?
  ) throws(TorchError) -> Result {
    var error = TSError()
    guard let result = withExtendedLifetime(self, { body(script, &error) }) else {
      throw TorchError(&error, operation.description, [])
    }
    return result
  }

  private static func made<Pointer>(
    _ operation: StaticString, _ body: (ErrorPointer) -> Pointer?
  ) throws(TorchError) -> Pointer {
    Torch.start()
    var error = TSError()
    guard let result = body(&error) else { throw TorchError(&error, operation.description, []) }
    return result
  }

  private func text(_ characters: UnsafeMutablePointer<CChar>) -> String {
    defer { ts_script_text_free(characters) }
    return String(cString: characters)
  }

  private static func naming(_ path: String, _ error: TorchError) -> TorchError {
    let details = error.details
    return .other(
      TorchError.Details(operation: details.operation, operands: [], message: "\(path): \(details.message)"))
  }
}

internal import CTorchShim

extension Torch {
  /// Calls any operator of the engine by its registered name; absent arguments take the schema's defaults.
  ///
  ///     let y = Torch.call("aten::add", overload: "Tensor", [.tensor(a), .tensor(b)], named: ["alpha": 2])
  ///
  /// **Traps**: on unknown names and wrong arguments, with the names and types that the schema has.
  public static func call(
    _ name: String, overload: String = "", _ arguments: [Value] = [], named: KeyValuePairs<String, Value> = [:]
  ) -> [Value] {
    trapping(try checkedCall(name, overload: overload, arguments, named: named))
  }

  /// Calls an operator as `call` does and throws where that traps.
  public static func checkedCall(
    _ name: String, overload: String = "", _ arguments: [Value] = [], named: KeyValuePairs<String, Value> = [:]
  ) throws(TorchError) -> [Value] {
    let operation = try Operator(name, overload)
    if named.isEmpty { return try operation(arguments, operation: name) }
    let names = arguments.map { _ -> String? in nil } + named.map { $0.key }
    return try operation(arguments + named.map(\.value), names: names, operation: name)
  }

  /// The registered schema of an operator: its arguments with types and defaults, and its results.
  public static func schema(_ name: String, overload: String = "") throws(TorchError) -> String {
    let operation = try Operator(name, overload)
    var error = TSError()
    guard let text = ts_operator_schema(operation.pointer, &error) else { throw TorchError(&error, name, []) }
    defer { ts_text_free(text) }
    return String(cString: text)
  }
}

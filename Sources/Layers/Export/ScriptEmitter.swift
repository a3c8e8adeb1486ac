public import OrderedCollections
public import Tensors

/// Collects the statements and tensors of a TorchScript function that computes a network in evaluation mode.
public struct ScriptEmitter {
  /// The statements in order, without indentation.
  public private(set) var statements: [String] = []
  /// The trained tensors that the statements refer to, by dotted names.
  public private(set) var parameters: OrderedDictionary<String, Tensor> = [:]
  /// The other tensors that the statements refer to, by dotted names.
  public private(set) var buffers: OrderedDictionary<String, Tensor> = [:]
  private var scope: [String] = []
  private var variableCount = 0

  /// Creates an empty script.
  public init() {}

  /// Adds `variable = expression` and returns the new variable.
  public mutating func assign(_ expression: String) -> String {
    variableCount += 1
    let variable = "v\(variableCount)"
    statements.append("\(variable) = \(expression)")
    return variable
  }

  /// Adds a tensor under the current scopes and `name`, and returns the expression that reads it.
  public mutating func tensor(_ tensor: Tensor, named name: String, isBuffer: Bool = false) -> String {
    let path = (scope + [name]).joined(separator: ".")
    var unique = path
    var count = 1
    while parameters[unique] != nil || buffers[unique] != nil {
      count += 1
      unique = "\(path)_\(count)"
    }
    let value = tensor.detach().contiguous()
    if isBuffer { buffers[unique] = value } else { parameters[unique] = value }
    return TorchScriptModule.expression(for: unique)
  }

  /// Runs a closure with `name` added to the names of tensors; used by layers that hold others.
  public mutating func withScope<Result>(_ name: String, _ body: (inout ScriptEmitter) -> Result) -> Result {
    scope.append(name)
    defer { scope.removeLast() }
    return body(&self)
  }

  /// The source of the method `forward`.
  public func source(input: String = "input", result: String) -> String {
    let body = (statements + ["return \(result)"]).map { "    " + $0 }.joined(separator: "\n")
    return "def forward(self, \(input): Tensor) -> Tensor:\n\(body)\n"
  }

  /// A list of integers.
  public static func literal(_ values: [Int]) -> String { "[" + values.map(String.init).joined(separator: ", ") + "]" }
  /// A truth value.
  public static func literal(_ value: Bool) -> String { value ? "True" : "False" }
  /// A number, with all its digits.
  public static func literal(_ value: Double) -> String { "\(value)" }
}

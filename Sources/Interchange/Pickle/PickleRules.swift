/// What a pickle may refer to and how large it may be; everything else is an error that names it.
///
/// Reading never executes anything: a name on the list merely appears in the result, as the name of a call.
public struct PickleRules: Sendable {
  /// The classes and functions that may be named.
  public var globals: Set<PickleGlobal>
  /// Whether objects outside the pickle may be named.
  public var allowsPersistentObjects: Bool
  /// The largest number of containers and calls.
  public var maximumObjects: Int
  /// The largest number of values in all of them.
  public var maximumValues: Int
  /// The instructions that may occur; nil allows all that make data.
  var opcodes: Set<PickleOpcode>?

  /// Creates rules.
  public init(
    globals: Set<PickleGlobal>, allowsPersistentObjects: Bool = false, maximumObjects: Int = 1 << 22,
    maximumValues: Int = 1 << 25
  ) {
    self.globals = globals
    self.allowsPersistentObjects = allowsPersistentObjects
    self.maximumObjects = maximumObjects
    self.maximumValues = maximumValues
  }

  /// Numbers, texts, bytes, lists, tuples, sets and dictionaries.
  public static let plain = PickleRules(globals: Set(containers.map { PickleGlobal($0) }))

  /// As `plain`, and NumPy's arrays and numbers.
  public static let numPy = PickleRules(globals: Set((containers + arrays).map { PickleGlobal($0) }))

  /// Batches of images as CIFAR-10 made them customary: dictionaries of numbers, texts, lists and NumPy's arrays.
  ///
  /// The narrowest rules: besides the names of the arrays, no sets, no pairs for dictionaries, and none of the
  /// instructions that writers of such files have no use for, whatever protocol from 2 to 5 they choose.
  public static let imageBatches: PickleRules = {
    // Protocol 2 writes the elements of arrays as an encoded text.
    var rules = PickleRules(globals: Set((["_codecs.encode"] + arrays).map { PickleGlobal($0) }))
    rules.opcodes = [
      .proto, .frame, .stop, .mark, .none, .newTrue, .newFalse, .binInt, .binInt1, .binInt2, .long1, .binFloat,
      .shortBinString, .binString, .shortBinUnicode, .binUnicode, .shortBinBytes, .binBytes, .binBytes8, .emptyList,
      .append, .appends, .emptyTuple, .tuple, .tuple1, .tuple2, .tuple3, .emptyDict, .setItem, .setItems, .binGet,
      .longBinGet, .binPut, .longBinPut, .memoize, .global, .stackGlobal, .reduce, .build,
    ]
    return rules
  }()

  /// As `plain`, and tensors and parameters as `torch.save` writes them.
  static let torch = PickleRules(
    globals: Set((containers + tensors).map { PickleGlobal($0) })
      .union(TorchElements.storages.keys).union(TorchElements.types.keys),
    allowsPersistentObjects: true)

  /// Python 2 has `__builtin__` for `builtins`, and protocol 2 writes bytes as an encoded text.
  private static let containers =
    ["collections.OrderedDict", "_codecs.encode"]
    + ["builtins", "__builtin__"].flatMap { module in
      ["set", "frozenset", "bytearray", "bytes"].map { "\(module).\($0)" }
    }

  /// NumPy 2 moved its functions to `numpy._core`.
  private static let arrays =
    ["numpy.ndarray", "numpy.dtype"]
    + ["numpy.core", "numpy._core"].flatMap { module in
      ["multiarray._reconstruct", "multiarray.scalar", "numeric._frombuffer"].map { "\(module).\($0)" }
    }

  private static let tensors = [
    "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor_v3",
    "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
    "torch._tensor._rebuild_from_type_v2", "torch.Tensor", "torch.nn.parameter.Parameter", "torch.Size",
    "torch.device",
  ]
}

/// The instructions of the pickle machine, protocols 0 to 5, with the names of Python's `pickletools`.
enum PickleOpcode: UInt8 {
  // Frames and the stack
  case proto = 0x80, stop = 0x2E, frame = 0x95, mark = 0x28, pop = 0x30, popMark = 0x31, dup = 0x32
  // Numbers
  case none = 0x4E, newTrue = 0x88, newFalse = 0x89
  case int = 0x49, binInt = 0x4A, binInt1 = 0x4B, binInt2 = 0x4D, long = 0x4C, long1 = 0x8A, long4 = 0x8B
  case float = 0x46, binFloat = 0x47
  // Texts and bytes
  case string = 0x53, binString = 0x54, shortBinString = 0x55
  case unicode = 0x56, shortBinUnicode = 0x8C, binUnicode = 0x58, binUnicode8 = 0x8D
  case shortBinBytes = 0x43, binBytes = 0x42, binBytes8 = 0x8E, byteArray8 = 0x96
  // Containers
  case emptyList = 0x5D, list = 0x6C, append = 0x61, appends = 0x65
  case emptyTuple = 0x29, tuple = 0x74, tuple1 = 0x85, tuple2 = 0x86, tuple3 = 0x87
  case emptyDict = 0x7D, dict = 0x64, setItem = 0x73, setItems = 0x75
  case emptySet = 0x8F, addItems = 0x90, frozenSet = 0x91
  // The memo
  case get = 0x67, binGet = 0x68, longBinGet = 0x6A, put = 0x70, binPut = 0x71, longBinPut = 0x72, memoize = 0x94
  // Names, calls and outside objects
  case global = 0x63, stackGlobal = 0x93, reduce = 0x52, build = 0x62, newObj = 0x81
  case persID = 0x50, binPersID = 0x51

  /// The name in Python's `pickletools`.
  var name: String {
    switch self {
    case .popMark: "POP_MARK"
    case .emptyList: "EMPTY_LIST"
    case .emptyTuple: "EMPTY_TUPLE"
    case .emptyDict: "EMPTY_DICT"
    case .emptySet: "EMPTY_SET"
    case .longBinGet: "LONG_BINGET"
    case .longBinPut: "LONG_BINPUT"
    case .stackGlobal: "STACK_GLOBAL"
    case .shortBinString: "SHORT_BINSTRING"
    case .shortBinUnicode: "SHORT_BINUNICODE"
    case .shortBinBytes: "SHORT_BINBYTES"
    default: "\(self)".uppercased()
    }
  }

  /// Instructions of the protocols that are refused: they make objects that no weights or arrays need.
  static let refused: [UInt8: String] = [
    0x69: "INST", 0x6F: "OBJ", 0x92: "NEWOBJ_EX", 0x82: "EXT1", 0x83: "EXT2", 0x84: "EXT4", 0x97: "NEXT_BUFFER",
    0x98: "READONLY_BUFFER",
  ]
}

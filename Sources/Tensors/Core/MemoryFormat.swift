internal import CTorchShim

/// The order in which the elements of a tensor lie in memory; its shape does not change with it.
public enum MemoryFormat: Hashable, Sendable {
  /// Row-major in the order of the dimensions.
  case contiguous
  /// `[N, C, H, W]` with the channels innermost.
  case channelsLast
  /// `[N, C, D, H, W]` with the channels innermost.
  case channelsLast3D
  /// As the operand has it.
  case preserve

  var native: TSMemoryFormat {
    switch self {
    case .contiguous: .contiguous
    case .channelsLast: .channelsLast
    case .channelsLast3D: .channelsLast3D
    case .preserve: .preserve
    }
  }
}

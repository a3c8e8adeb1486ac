internal import CTorchShim

/// Where a tensor's elements live.
public enum Device: Hashable, Sendable {
  /// The memory of the processor.
  case cpu
  /// An NVIDIA accelerator, by number.
  case cuda(Int)
  /// A device of the engine that has no name here, by its codes; never a stand-in for one of the others.
  case other(type: Int8, index: Int8)

  /// The device with a name such as `cpu`, `cuda` or `cuda:1`, or nil.
  public init?(name: String) {
    switch name {
    case "cpu": self = .cpu
    case "cuda": self = .cuda(0)
    default:
      guard name.hasPrefix("cuda:"), let index = Int(name.dropFirst(5)), index >= 0 else { return nil }
      self = .cuda(index)
    }
  }

  /// The name.
  public var name: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    case .other(let type, let index): "other(\(type):\(index))"
    }
  }

  init(_ device: TSDevice) {
    switch device.type {
    case 0: self = .cpu
    case 1: self = .cuda(Int(max(device.index, 0)))
    default: self = .other(type: device.type, index: device.index)
    }
  }

  var native: TSDevice {
    switch self {
    case .cpu: TSDevice(type: 0, index: -1)
    // An index that no machine has stays one, so that the engine reports it.
    case .cuda(let index): TSDevice(type: 1, index: Int8(clamping: index))
    case .other(let type, let index): TSDevice(type: type, index: index)
    }
  }
}

extension Device: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}

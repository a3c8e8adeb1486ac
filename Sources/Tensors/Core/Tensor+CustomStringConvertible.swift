extension Tensor: CustomStringConvertible {
  /// The numbers of a small tensor, the first few of a large one, with shape, type and device.
  public var description: String {
    let kind = "\(dtype)" + (device == .cpu ? "" : ", \(device)")
    let limit = 32
    guard !dtype.isComplex, !isMeta else { return "Tensor(\(shape), \(kind))" }
    let flat = withoutGradient { reshape([-1]) }
    let shown = count > limit ? flat.narrow(0, start: 0, length: limit) : flat
    let numbers = shown.scalars(as: Double.self).map { value in
      dtype.isInteger || dtype == .bool ? String(Int(value)) : String(Float(value))
    }
    return "Tensor(\(shape), \(kind))[\(numbers.joined(separator: ", "))\(count > limit ? ", …" : "")]"
  }

  private var isMeta: Bool {
    switch device {
    case .cpu, .cuda: false
    case .other: true
    }
  }
}

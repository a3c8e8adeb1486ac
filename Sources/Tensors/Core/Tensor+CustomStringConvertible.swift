extension Tensor: CustomStringConvertible {
  /// The numbers of a small tensor, the first few of a large one, with shape, type and device.
  public var description: String {
    let kind = "\(dtype)" + (device == .cpu ? "" : ", \(device)")
    let limit = 32
    guard !isMeta else { return "Tensor(\(shape), \(kind))" }
    let flat = withoutGradient { reshape([-1]) }
    let shown = count > limit ? flat.narrow(0, start: 0, length: limit) : flat
    let numbers = dtype.isComplex ? Self.complexTexts(shown) : Self.realTexts(shown)
    return "Tensor(\(shape), \(kind))[\(numbers.joined(separator: ", "))\(count > limit ? ", …" : "")]"
  }

  private static func realTexts(_ flat: Tensor) -> [String] {
    let isWhole = flat.dtype.isInteger || flat.dtype == .bool
    return flat.scalars(as: Double.self).map { isWhole ? String(Int($0)) : String(Float($0)) }
  }

  private static func complexTexts(_ flat: Tensor) -> [String] {
    let parts = withoutGradient { flat.resolved().viewAsReal() }.scalars(as: Double.self).map { Float($0) }
    return stride(from: 0, to: parts.count, by: 2).map { index in
      "\(parts[index])" + (parts[index + 1].sign == .minus ? "" : "+") + "\(parts[index + 1])i"
    }
  }

  /// With a conjugation that is only marked carried out.
  private func resolved() -> Tensor {
    Torch.call("aten::resolve_conj", [.tensor(self)]).first?.tensor ?? self
  }

  private var isMeta: Bool {
    switch device {
    case .cpu, .cuda: false
    case .other: true
    }
  }
}

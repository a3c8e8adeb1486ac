public import Tensors

extension StateDict: ExpressibleByDictionaryLiteral {
  /// Creates a dictionary from a literal, in its order.
  public init(dictionaryLiteral elements: (String, Tensor)...) {
    self.init()
    for (key, tensor) in elements { self[key] = tensor }
  }
}

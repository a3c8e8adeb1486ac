import OrderedCollections
import Tensors

/// Where a tensor lies and of what type it is; operations on lists of tensors take lists of one placement.
struct Placement: Hashable {
  let dtype: DType
  let device: Device

  init(_ tensor: Tensor) {
    dtype = tensor.dtype
    device = tensor.device
  }
}

/// The indices of the elements with the same key, in order of first appearance.
func buckets<Element, Key: Hashable>(
  of elements: [Element], by key: (Element) -> Key
) -> OrderedDictionary<Key, [Int]> {
  var result: OrderedDictionary<Key, [Int]> = [:]
  for (index, element) in elements.enumerated() { result[key(element), default: []].append(index) }
  return result
}

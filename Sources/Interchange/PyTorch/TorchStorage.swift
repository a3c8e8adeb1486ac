/// What a pickle says about a storage: `("storage", type, key, device, count)`, in old files with a view at the end.
struct TorchStorage: Hashable {
  /// The name of its bytes in the file.
  let key: String
  /// The type of its elements; nil for plain bytes.
  let element: ElementType?
  /// The number of its elements.
  let count: Int
  /// Where it begins inside the bytes, in elements.
  let start: Int

  /// The size of what `count` counts.
  var unit: Int { element?.size ?? 1 }

  init(_ value: PickleValue, in pickle: Pickle) throws(InterchangeError) {
    let what = "a storage"
    let parts = try pickle.elements(value, what)
    guard (5...6).contains(parts.count), try pickle.text(parts[0], what) == "storage",
      case .global(let type)? = pickle.object(parts[1]), let element = TorchElements.storages[type]
    else {
      throw pickle.failure(what, "is malformed", expected: "(\"storage\", type, key, device, count)")
    }
    self.element = element
    key = try pickle.text(parts[2], "a storage's key")
    var (count, start) = (try pickle.integer(parts[4], "a storage's count"), 0)
    if parts.count == 6, parts[5] != .none {
      // The view's own key, where it begins in the storage, and how long it is.
      let view = try pickle.elements(parts[5], "a storage's view")
      guard view.count == 3 else { throw pickle.failure("a storage's view", "is malformed") }
      start = try pickle.integer(view[1], "a view's start")
      let length = try pickle.integer(view[2], "a view's length")
      guard start >= 0, length >= 0, start <= count, length <= count - start else {
        throw pickle.failure("a storage's view", "of \(length) from \(start) exceeds the \(count) elements")
      }
      count = length
    }
    guard count >= 0 else { throw pickle.failure("a storage", "has \(count) elements") }
    self.count = count
    self.start = start
  }
}

internal import CTorchShim

/// An array of numbers of one type with any number of dimensions, on any device, that takes part in differentiation.
///
/// A tensor is a value: no public operation changes one that exists. Operations trap on wrong shapes, types and devices
/// with a message that names the operation and the shapes; `checked` has the same operations as throwing functions.
/// Tensors may be handed from one thread to another (`sending`), but not shared between threads.
public struct Tensor {
  let handle: TensorHandle

  /// Takes over a pointer that the shim returned.
  @inline(__always)
  init(owned pointer: TSTensor) {
    handle = TensorHandle(owned: pointer)
  }

  /// The pointer that the shim's functions take; valid while this tensor lives.
  @inline(__always)
  var pointer: TSTensor { handle.pointer }

  /// The same operations as functions that throw `TorchError` instead of trapping.
  public var checked: CheckedTensor {
    @inline(__always) get { CheckedTensor(self) }
  }

  /// The number of dimensions.
  public var rank: Int { withExtendedLifetime(handle) { ts_rank(pointer) } }

  /// The number of elements.
  public var count: Int { withExtendedLifetime(handle) { ts_count(pointer) } }

  /// The type of the elements.
  public var dtype: DType { DType(code: withExtendedLifetime(handle) { ts_dtype(pointer) }) }

  /// Where the elements live.
  public var device: Device { Device(withExtendedLifetime(handle) { ts_device(pointer) }) }

  /// The sizes of the dimensions.
  public var shape: Shape {
    withExtendedLifetime(handle) {
      let rank = ts_rank(pointer)
      return Shape(
        [Int](unsafeUninitializedCapacity: rank) { buffer, count in
          if let base = buffer.baseAddress { ts_sizes(pointer, base) }
          count = rank
        })
    }
  }

  /// The size of one dimension; a negative index counts from the last.
  ///
  /// **Traps**: when the tensor has no such dimension.
  public func size(_ dimension: Int) -> Int { shape[dimension] }

  /// The distance in elements between neighbors along each dimension.
  public var strides: [Int] {
    var strides = [Int](repeating: 0, count: rank)
    trapping(try perform("strides", self) { ts_strides($0, &strides, $1) })
    return strides
  }

  /// Whether the elements lie in memory in the given order without gaps.
  public func isContiguous(_ format: MemoryFormat = .contiguous) -> Bool {
    withExtendedLifetime(handle) { ts_is_contiguous(pointer, format.native) }
  }

  /// Whether both values are one and the same tensor of the engine.
  public func isIdentical(to other: Tensor) -> Bool { pointer == other.pointer }
}

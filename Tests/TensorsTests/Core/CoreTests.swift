import Tensors
import Testing

@Suite("Shapes, types and devices")
struct CoreTests {
  @Test func shapes() {
    let shape: Shape = [2, 3, 8, 8]
    #expect(shape.description == "[2, 3, 8, 8]")
    #expect(shape.rank == 4 && shape.elementCount == 384)
    #expect(shape[1] == 3 && shape[-1] == 8)
    #expect(Array(shape) == [2, 3, 8, 8])
    #expect(Shape([]).elementCount == 1)
    var changed = shape
    changed[-1] = 5
    #expect(changed == [2, 3, 8, 5])
  }

  @Test(arguments: DType.named)
  func typesKeepTheirCodesAndNames(dtype: DType) {
    #expect(DType(code: dtype.code) == dtype)
    #expect(DType(name: dtype.name) == dtype)
    let tensor = Tensor.zeros([2, 3], dtype: dtype)
    #expect(tensor.dtype == dtype)
    #expect(tensor.shape == [2, 3])
    tensor.withContiguousBytes { #expect($0.count == 6 * (dtype.byteCount ?? 0)) }
  }

  @Test func unknownTypesStayUnknown() {
    #expect(DType(code: 99) == .other(99))
    #expect(DType(code: 8) == .other(8), "complex32 has no name here")
    #expect(DType.other(99).code == 99)
    #expect(DType(name: "float") == nil)
    #expect(DType.other(3).byteCount == nil)
    #expect(throws: TorchError.self) { try Tensor.checked([1.0], dtype: .other(99)) }
  }

  @Test func devices() {
    #expect(Device(name: "cpu") == .cpu)
    #expect(Device(name: "cuda:2") == .cuda(2))
    #expect(Device(name: "gpu") == nil && Device(name: "cuda:-1") == nil && Device(name: "cuda:x") == nil)
    #expect(Device.cuda(1).name == "cuda:1")
    #expect(Tensor.zeros([1]).device == .cpu)
    let meta = Tensor.zeros([4, 5], device: .other(type: 14, index: -1))
    #expect(meta.device == .other(type: 14, index: -1))
    #expect(meta.shape == [4, 5])
  }

  @Test func conversionsBetweenAllTypes() throws {
    let real: [DType] = [.float64, .float32, .bfloat16, .float16, .int64, .int32, .int16, .int8, .uint8]
    for from in real {
      for to in real + [.complex64, .complex128] {
        let converted = Tensor([0, 1, 2, 100], dtype: from).to(to)
        #expect(converted.dtype == to)
        if !to.isComplex { #expect(converted.scalars(as: Double.self) == [0, 1, 2, 100]) }
      }
      #expect(Tensor([0, 1, 2], dtype: from).to(.bool).scalars(as: Bool.self) == [false, true, true])
    }
  }

  @Test func memoryFormats() {
    let x = Tensor.arange(0, 24).reshape([1, 2, 3, 4])
    let y = x.toMemoryFormat(.channelsLast)
    #expect(x.strides == [24, 12, 4, 1])
    #expect(y.strides == [24, 1, 8, 2])
    #expect(y.isContiguous(.channelsLast) && !y.isContiguous())
    #expect(y.scalars(as: Int.self) == Array(0..<24), "reading is in row-major order whatever the layout")
    #expect(y.contiguous().strides == x.strides)
    #expect(throws: TorchError.self) { try Tensor.zeros([2, 3]).checked.toMemoryFormat(.channelsLast) }
  }

  @Test func descriptions() {
    #expect(Tensor([1, 2, 3]).description == "Tensor([3], int64)[1, 2, 3]")
    #expect(Tensor([0.5], dtype: .float32).description == "Tensor([1], float32)[0.5]")
    #expect(Tensor.zeros([100]).description.hasSuffix(", …]"))
  }
}

import Tensors
import Testing

@Suite("Errors and traps")
struct ErrorTests {
  let a = Tensor.zeros([2, 3])
  let b = Tensor.zeros([4, 5])

  @Test func shapes() {
    let failing: [(String, () throws -> Tensor)] = [
      ("matmul([2, 3], [4, 5])", { try a.checked.matmul(b) }),
      ("+([2, 3], [4, 5])", { try a.checked + b }),
      ("maximum([2, 3], [4, 5])", { try a.checked.maximum(b) }),
      ("equal([2, 3], [4, 5])", { try a.checked.equal(to: b) }),
      ("reshape([2, 3])", { try a.checked.reshape([4, 2]) }),
      ("view([3, 2])", { try a.transpose().checked.view([6]) }),
      ("expand([2, 3])", { try a.checked.expand(to: [5, 3]) }),
      ("concatenated([2, 3], [4, 5])", { try CheckedTensor.concatenated([a, b]) }),
      ("stacked([2, 3], [4, 5])", { try CheckedTensor.stacked([a, b]) }),
      ("bmm([2, 3], [4, 5])", { try a.checked.bmm(b) }),
      ("linear([2, 3], [4, 5])", { try a.checked.linear(b) }),
      ("where([2, 3], [4, 5], [2, 3])", { try CheckedTensor.where(a.greater(than: 0), b, a) }),
      ("Tensor", { try Tensor.checked([1.0, 2.0], shape: [3]) }),
    ]
    for (prefix, body) in failing {
      let error = #expect(throws: TorchError.self, "\(prefix)") { try body() }
      guard case .shape? = error else {
        Issue.record("\(prefix): \(String(describing: error))")
        continue
      }
      #expect(error?.description.hasPrefix(prefix + ": ") == true, "\(String(describing: error))")
      #expect(error?.description.contains("\n") == false)
    }
  }

  @Test func indices() {
    let failing: [() throws -> Tensor] = [
      { try a.checked.select(0, index: 2) }, { try a.checked.sum(along: [2]) }, { try a.checked.transpose(0, 5) },
      { try a.checked.indexSelect(0, Tensor([7])) }, { try a.checked.unsqueeze(9) },
      { try a.checked.gather(1, Tensor([[5]])) }, { try a.checked.indexed(by: [.element(-3)]) },
      { try a.checked.indexed(by: [.tensor(Tensor([9]))]) },
    ]
    for (number, body) in failing.enumerated() {
      let error = #expect(throws: TorchError.self) { try body() }
      guard case .index? = error else {
        Issue.record("\(number): \(String(describing: error))")
        continue
      }
    }
  }

  @Test func otherKinds() {
    func kind(_ body: () throws -> Tensor) -> String {
      do {
        _ = try body()
        return "none"
      } catch let error as TorchError {
        return switch error {
        case .shape: "shape"
        case .index: "index"
        case .outOfMemory: "outOfMemory"
        case .device: "device"
        case .notImplemented: "notImplemented"
        case .other: "other"
        }
      } catch {
        return "unknown"
      }
    }
    #expect(kind { try Torch.checkedCall("aten::zeros", [[1 << 45]])[0].tensor ?? a } == "outOfMemory")
    #expect(kind { try a.checked.to(.cuda(100)) } == "device")
    #expect(kind { try a.checked.to(.other(type: 77, index: 0)) } == "device")
    #expect(kind { try Tensor([true]).checked.product(along: 0).checked.bmm(a) } == "shape")
    let complex = Tensor.zeros([1], dtype: .complex64)
    #expect(
      kind { try Torch.checkedCall("aten::erfinv", [.tensor(complex)])[0].tensor ?? a } == "notImplemented")
    #expect(kind { try a.checked.matmul(Tensor.zeros([3, 2], dtype: .float64)) } == "other")
    #expect(kind { try a.checked.to(.other(99)) } == "other")
    if !Torch.isCUDAAvailable { #expect(kind { try a.checked.to(.cuda(0)) } == "device") }
  }

  @Test func trapsNameTheOperationAndTheShapes() async {
    let matmul = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).matmul(Tensor.zeros([4, 5]))
    }
    expect(matmul, contains: "matmul([2, 3], [4, 5]): mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)")
    let sum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]) + Tensor.zeros([4])
    }
    expect(sum, contains: "+([2, 3], [4]): The size of tensor a (3) must match the size of tensor b (4)")
    let subscripted = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3])[5]
    }
    expect(subscripted, contains: "select([2, 3]): ")
    let item = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).item()
    }
    expect(item, contains: "item([2, 3]): ")
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]).size(2)
    }
    expect(size, contains: "shape([2, 3]): there is no dimension 2")
    let leaf = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1, 2]).requiringGradient()
    }
    expect(leaf, contains: "requiresGradient([2]): only floating-point and complex tensors have gradients")
    let own = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Torch.require(1 > 2, "a layer's own words")
    }
    expect(own, contains: "a layer's own words")
  }

  func expect(
    _ result: ExitTest.Result?, contains text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(output.contains(text), "\(output)", sourceLocation: sourceLocation)
  }
}

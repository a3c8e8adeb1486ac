import Layers
import Tensors
import Testing

private final class BareTensor: Module { let scale = Tensor.ones([1]) }
private final class OptionalTensor: Module { let scale: Tensor? = Tensor.ones([1]) }
private final class TensorArray: Module { let scales = [Tensor.ones([1])] }
private final class InStruct: Module {
  struct Holder { let inner: Tensor }
  let holder = Holder(inner: Tensor.ones([1]))
}
private final class InTuple: Module { let pair = (1, Parameter(Tensor.ones([1]))) }
private final class InDictionary: Module { let table = ["a": Parameter(Tensor.ones([1]))] }
private final class EmptyDictionary: Module { let table: [String: Linear] = [:] }
private final class LazyPart: Module { lazy var identity = Identity() }
private final class SameKey: Module {
  let a = Parameter(Tensor.ones([1]))
  let b = Parameter(Tensor.ones([1]))
  override class var stateKeys: [String: String] { ["b": "a"] }
}
private final class Cyclic: Module { var next: Module? }
private final class NoForward: Layer {}

/// Mistakes in modules stop the process with a message that names the property.
@Suite struct DiscoveryTrapTests {
  private static func message(_ result: ExitTest.Result?) -> String { printed(result) }

  @Test func bareTensor() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BareTensor().parameters
    }
    #expect(Self.message(result).contains("BareTensor: property \"scale\" holds a bare Tensor; make it a Parameter"))
  }

  @Test func optionalTensor() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = OptionalTensor().parameters
    }
    #expect(Self.message(result).contains("OptionalTensor: property \"scale\" holds a bare Tensor"))
  }

  @Test func tensorArray() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TensorArray().stateDict()
    }
    #expect(Self.message(result).contains("TensorArray: property \"scales\" holds a bare Tensor"))
  }

  @Test func structWithTensor() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      InStruct().eval()
    }
    #expect(Self.message(result).contains("InStruct: property \"holder\" of type Holder hides a tensor"))
  }

  @Test func tupleWithParameter() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      expectEveryParameterIsRegistered(InTuple())
    }
    #expect(Self.message(result).contains("InTuple: property \"pair\""))
  }

  @Test func dictionary() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = InDictionary().parameters
    }
    #expect(Self.message(result).contains("InDictionary: property \"table\" is an unordered container of parts"))
  }

  @Test func emptyDictionary() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = EmptyDictionary().parameters
    }
    #expect(Self.message(result).contains("EmptyDictionary: property \"table\" is an unordered container of parts"))
  }

  @Test func lazyPart() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LazyPart().parameters
    }
    #expect(Self.message(result).contains("LazyPart: property \"identity\" is lazy"))
  }

  @Test func sameKey() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = SameKey().parameters
    }
    #expect(Self.message(result).contains("SameKey: property \"b\" has the key \"a\""))
  }

  @Test func cycle() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let outer = Cyclic()
      let inner = Cyclic()
      outer.next = inner
      inner.next = outer
      _ = outer.parameters
    }
    #expect(Self.message(result).contains("Cyclic: module \"next.next\" contains itself"))
  }

  @Test func layerWithoutFunction() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NoForward()(Tensor.ones([1]))
    }
    #expect(Self.message(result).contains("NoForward: callAsFunction(_:) is not overridden"))
  }

  @Test func wrongShapeInAssign() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Parameter(Tensor.ones([2, 3])).assign(Tensor.ones([3, 2]))
    }
    #expect(Self.message(result).contains("Parameter.assign: expected shape [2, 3], got [3, 2]"))
  }

  @Test func integerParameter() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Parameter(Tensor([1, 2], shape: [2]))
    }
    #expect(Self.message(result).contains("a int64 tensor has no gradient; use a Buffer"))
  }
}

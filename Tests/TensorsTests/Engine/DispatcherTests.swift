import Tensors
import Testing

@Suite("Operators by name")
struct DispatcherTests {
  @Test func defaultsAndNames() throws {
    let a = Tensor([1.0, 2.0])
    let b = Tensor([10.0, 20.0])
    #expect(
      Torch.call("aten::add", overload: "Tensor", [.tensor(a), .tensor(b)])[0].tensor?.scalars() == [11.0, 22.0])
    let scaled = Torch.call(
      "aten::add", overload: "Tensor", named: ["alpha": 2, "other": .tensor(b), "self": .tensor(a)])
    #expect(scaled[0].tensor?.scalars() == [21.0, 42.0])
    let schema = try Torch.schema("aten::add", overload: "Tensor")
    #expect(schema == "aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor")
  }

  @Test func listsAndSeveralResults() {
    let image = Tensor.arange(0, 16).reshape([1, 1, 4, 4]).to(.float32)
    let pooled = Torch.call("aten::max_pool2d_with_indices", [.tensor(image), 2])
    #expect(pooled.count == 2)
    #expect(pooled[0].tensor?.scalars() == [Float(5), 7, 13, 15])
    let pieces = Torch.call("aten::unbind", overload: "int", [.tensor(Tensor([1, 2, 3]))])
    #expect(pieces[0].tensors?.count == 3)
    let grid = Torch.call("aten::meshgrid", overload: "indexing", [.tensorList([Tensor([1, 2]), Tensor([3])]), "ij"])
    #expect(grid[0].tensors?[0].shape == [2, 1])
    #expect(Torch.call("aten::is_floating_point", [.tensor(image)])[0].bool == true)
    #expect(Torch.call("aten::size", overload: "int", [.tensor(image), 2])[0].int == 4)
    let filled = Torch.call("aten::full", [[2], 1.5], named: ["dtype": .dtype(.float64), "device": .device(.cpu)])
    #expect(filled[0].tensor?.dtype == .float64)
    #expect(Torch.call("aten::item", [.tensor(Tensor(2.5))])[0].double == 2.5)
  }

  @Test func gradientsFlow() {
    let x = Tensor([0.5]).requiringGradient()
    let y = Torch.call("aten::celu", [.tensor(x)])[0].tensor
    y?.backward()
    #expect(x.grad?.item() == 1)
  }

  @Test(arguments: [
    ("aten::ad", "", "did you mean aten::add?"), ("aten::add", "Tensr", "it has "),
    ("add", "", "names look like aten::add"),
    ("aten::nothing_like_this_at_all", "", "there is no such operator"),
  ])
  func wrongNames(name: String, overload: String, message: String) throws {
    let error = #expect(throws: TorchError.self) { try Torch.checkedCall(name, overload: overload) }
    guard case .notImplemented(let details)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(details.message.contains(message), "\(details.message)")
    #expect(details.operation == name)
  }

  @Test func wrongArguments() {
    let x = Torch.Value.tensor(Tensor([1.0]))
    func message(_ arguments: [Torch.Value], _ named: KeyValuePairs<String, Torch.Value> = [:]) -> String {
      do {
        _ = try Torch.checkedCall("aten::softplus", arguments, named: named)
        return "no error"
      } catch {
        return error.description
      }
    }
    #expect(message([x]) == "no error")
    #expect(message([]) == "aten::softplus: argument \"self\" (Tensor) is missing")
    #expect(message([x, "one"]).hasSuffix("argument \"beta\" is of type Scalar, got string"), "\(message([x, "one"]))")
    #expect(
      message([x], ["gamma": 1]).contains("there is no argument \"gamma\"; the arguments are self, beta, threshold"))
    #expect(message([x, 1, 20, 3]).contains("expected at most 3 arguments (self, beta, threshold), got 4"))
    #expect(message([x, 1], ["beta": 1]).contains("argument \"beta\" is given twice"))
    #expect(message([1.0]).hasPrefix("aten::softplus: argument \"self\" is of type Tensor, got double"))
  }
}

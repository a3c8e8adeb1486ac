import EquivariantLayers
import Foundation
import Interchange
import Layers
import ModelExport
import Symmetry
import Tensors
import TestSupport
import Testing

/// onnxruntime gives what the exported layers of every module give.
@Suite(.enabled(if: Python.isAvailable, "no .cache/python; run Tools/setup-python.sh"))
struct ONNXTests {
  /// Modules of every class on a space, made for the first kind of representations that they take.
  static func modules(on space: GSpace) -> [(name: String, module: EquivariantModule, size: Int)] {
    let families = RepresentationFamily.all(on: space).reversed()
    return ModuleRegistry.entries.flatMap { entry in
      let made = families.lazy.map { entry.modules($0.type) }.first { !$0.isEmpty } ?? []
      return made.enumerated().map { ("\(entry.name)-\(entry.size)-\($0)", $1, entry.size) }
    }
  }

  @Test(arguments: [GSpace.rotations(8), .dihedral(4), .so2, .o2])
  func everyModuleRuns(_ space: GSpace) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "onnx-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var rng = Generator(seed: 5)
    var names: Set<String> = []
    for (name, module, size) in Self.modules(on: space) {
      module.to(.float32)
      module.eval()
      let plain = module.export()
      plain.to(.float32)
      plain.eval()
      let shape: Shape = [module.inputType.size, size, size]
      let input = Tensor.randn(Shape([3] + shape), using: &rng)
      let output = withoutGradient { plain(input) }.detach()
      #expect(names.insert(name).inserted, "\(name) is made twice")
      try exportONNX(plain, sampleShape: shape, to: folder.appending(path: "\(name).onnx"))
      try NumPy.write(input, to: folder.appending(path: "\(name).input.npy"))
      try NumPy.write(output, to: folder.appending(path: "\(name).output.npy"))
    }
    let reports = try ONNXRuntime.reports(of: folder)
    #expect(Set(reports.map(\.name)) == names)
    for report in reports {
      #expect(report.difference <= 1e-5, "\(report.name): \(report.difference)")
      #expect(report.alone <= 1e-5, "\(report.name), one image alone: \(report.alone)")
    }
  }
}

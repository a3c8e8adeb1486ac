internal import EquivariantLayers
public import Layers
public import OrderedCollections
public import Tensors

extension Module {
  /// Brings state of e2cnn, escnn or plain PyTorch into this module and its parts.
  ///
  /// Modules are matched by key where all keys agree, else in order. e2cnn's weights are ours; those of escnn, and the
  /// filters of exported networks, are projected onto our kernels in double precision. Biases, statistics and all other
  /// parameters are copied, in the order of our fields. Buffers that follow from the rest are left aside.
  ///
  /// Everything is checked before anything is changed.
  ///
  /// **Throws**: `ImportError` for modules or entries that find no counterpart, and for a filter of which more than
  /// `options.tolerance` lies outside of our kernels.
  @discardableResult
  public final func importState(
    _ foreign: ForeignStateDict, options: ImportOptions = ImportOptions()
  ) throws(ImportError) -> ImportReport {
    let pairing = try ModulePairing(ModuleState.all(in: self), foreign, named: options.modules)
    var state = stateDict()
    var layers: [ImportReport.Layer] = []
    var used: Set<String> = []
    for (ours, theirs) in pairing.pairs {
      let transfer = StateTransfer(ours: ours, theirs: theirs, options: options, path: foreign.path)
      layers.append(try transfer.importState(into: &state, used: &used))
    }
    let entries = foreign.modules.flatMap { module in module.entries.map { ($0.key, $0.value.key) } }
    let unused = entries.filter { !used.contains($0.1) }
    let unknown = unused.filter { !ForeignKey.isDerived($0.0) }.map(\.1)
    guard unknown.isEmpty else {
      let shown = unknown.prefix(8).map { "\"\($0)\"" }.joined(separator: ", ")
      throw ImportError(
        path: foreign.path,
        problem: "nothing in the network takes \(shown)\(unknown.count > 8 ? " and \(unknown.count - 8) more" : "")")
    }
    let far = layers.filter { $0.residual.map { !($0 <= options.tolerance) } ?? false }
    guard far.isEmpty else {
      let shown = far.map { "\"\($0.theirs)\" \($0.residual ?? 0)" }.joined(separator: ", ")
      throw ImportError(
        path: foreign.path,
        problem: "filters lie outside of the kernels of our layers, by \(shown) of their norm (allowed is "
          + "\(options.tolerance)): the group, axis, kernel size or cut-off differ, or the convolution is not steerable"
      )
    }
    do {
      try load(state, policy: .converting)
    } catch {
      throw ImportError(path: foreign.path, problem: "\(error)")
    }
    return ImportReport(layers: layers, ignored: unused.map(\.1))
  }

  /// Writes the state of this module and its parts as a network of e2cnn, escnn or plain PyTorch would.
  ///
  /// The template is the `state_dict()` of such a network, trained or not: it gives the keys, shapes, types and bases of
  /// kernels. Entries that follow from the network's structure are taken from it; filters and expanded biases are
  /// those of our weights. What comes out loads with `load_state_dict` in its strict mode.
  ///
  /// **Throws**: `ImportError` as `importState(_:options:)`.
  public final func exportState(
    like template: ForeignStateDict, options: ImportOptions = ImportOptions()
  ) throws(ImportError) -> (tensors: OrderedDictionary<String, Tensor>, report: ImportReport) {
    let pairing = try ModulePairing(ModuleState.all(in: self), template, named: options.modules)
    let state = stateDict()
    var tensors = template.tensors
    var layers: [ImportReport.Layer] = []
    for (ours, theirs) in pairing.pairs {
      let transfer = StateTransfer(ours: ours, theirs: theirs, options: options, path: template.path)
      layers.append(try transfer.exportState(state, into: &tensors))
    }
    let far = layers.filter { $0.residual.map { !($0 <= options.tolerance) } ?? false }
    guard far.isEmpty else {
      let shown = far.map { "\"\($0.ours)\" \($0.residual ?? 0)" }.joined(separator: ", ")
      throw ImportError(
        path: template.path,
        problem: "our filters lie outside of the template's kernels, by \(shown) of their norm (allowed is "
          + "\(options.tolerance)): the group, axis, kernel size or cut-off differ")
    }
    return (tensors, ImportReport(layers: layers, ignored: []))
  }
}

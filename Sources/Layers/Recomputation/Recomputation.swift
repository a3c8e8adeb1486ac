public import Tensors

/// Runs `body` so that networks keep no activations inside of their blocks: the backward pass computes them again.
///
/// ```swift
/// let loss = withRecomputation { crossEntropy(logits: network(images), targets: labels) }
/// loss.backward()
/// ```
/// Only what goes from one block to the next is kept, and while the backward pass is in a block, what is inside. The
/// price is a second forward computation. Blocks are the stretches of `Sequential` and of its like from one convolution to
/// the next, and what a network says itself with ``Recomputation/block(of:_:_:)``. Gradients are the same; running
/// statistics move once, and random layers draw the same numbers both times.
public func withRecomputation<Result>(enabled: Bool = true, _ body: () throws -> Result) rethrows -> Result {
  try Recomputation.$isEnabled.withValue(enabled, operation: body)
}

/// How the blocks of a network are computed again in the backward pass.
public enum Recomputation {
  @TaskLocal static var isEnabled = false
  /// Whether a block is being computed once more.
  @TaskLocal static var isRepeating = false

  /// Whether blocks are recomputed now: in a `withRecomputation` scope, while gradients are recorded.
  static var isActive: Bool { isEnabled && isGradientEnabled }

  /// The value of one block of a network; in a `withRecomputation` scope what is inside is not kept.
  ///
  /// - Parameters:
  ///   - parts: the modules that `body` uses: their parameters get gradients, their generators draw the same numbers again.
  ///   - inputs: all other tensors that `body` depends on and through which gradients are to flow.
  ///   - body: computes the value from the inputs that it is given.
  ///
  /// **Traps**: in the backward pass when a second derivative is asked for.
  public static func block(
    of parts: [Module], _ inputs: [Tensor], _ body: @escaping ([Tensor]) -> Tensor
  ) -> Tensor {
    guard isActive else { return body(inputs) }
    let parameters = parts.flatMap { $0.parameters.map(\.parameter.value) }.filter(\.requiresGradient)
    let states = parts.flatMap { $0.generators.map(\.state) }
    let beginnings = states.map(\.generator)
    var isFirst = true
    return recomputed(inputs, parameters: parameters) { tensors in
      // Blocks inside of this one go with it.
      $isEnabled.withValue(false) {
        guard !isFirst else {
          isFirst = false
          return body(tensors)
        }
        let present = states.map(\.generator)
        for (state, beginning) in zip(states, beginnings) { state.generator = beginning }
        defer { for (state, generator) in zip(states, present) { state.generator = generator } }
        return $isRepeating.withValue(true) { body(tensors) }
      }
    }
  }

  /// Divides a chain of modules into blocks, each of which begins with a convolution; one block of all outside of a
  /// `withRecomputation` scope.
  package static func blocks<Part: Module>(of chain: [Part]) -> [ArraySlice<Part>] {
    guard isActive else { return [chain[...]] }
    let beginnings = chain.indices.dropFirst().filter { index in
      chain[index].modules.contains { $0 is any Convolution }
    }
    return zip([0] + beginnings, beginnings + [chain.count]).map { chain[$0..<$1] }
  }

  /// Computes a block of a chain of modules.
  package static func block<Part: Module>(
    _ block: ArraySlice<Part>, _ input: Tensor, _ body: @escaping (Tensor) -> Tensor
  ) -> Tensor {
    // A convolution keeps its input and no more, and the block before it keeps that as well.
    guard block.count > 1 || !(block.first is any Convolution) else { return body(input) }
    return Self.block(of: Array(block), [input]) { body($0[0]) }
  }
}

/// A layer that convolves: where a block of a network begins.
package protocol Convolution: Module {}

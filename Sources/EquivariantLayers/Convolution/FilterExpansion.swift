import Layers
package import SteerableKernels
import Symmetry
package import Tensors

/// Turns the weights of a layer into its filter: one matrix product for each pair of representations.
///
/// The basis of a pair is kept as a matrix `[dimension, out · k² · in]`, so that the product has the input channels
/// innermost and the filter comes out channels-last; for types of one representation there is a single product. The
/// same with the functions of the bank in the place of the k² pixels gives the filter's coefficients.
package final class FilterExpansion: SelfContained {
  private struct Block {
    let offset: Int
    let count: Int
    let basis: any SampledBasis
  }

  private struct Place: Hashable {
    let dtype: DType
    let device: Device
    let coordinates: Coordinates
  }

  /// What a kernel is written in: its pixels, or the functions of the bank.
  private enum Coordinates: Hashable {
    case pixels
    case functions
  }

  private struct Constants {
    let matrices: [[Tensor?]]
    let inputOrder: Tensor?
    let outputOrder: Tensor?
  }

  private let inputs: FieldTypeStorage
  private let outputs: FieldTypeStorage
  private let kernelSize: Int
  /// By position of the output's and the input's representation among the different ones; nil without kernels.
  private let blocks: [[Block?]]
  private var constants: [Place: Constants] = [:]

  /// The scalar functions on the grid of which all filters are made.
  package private(set) lazy var bank = FilterBank(
    kernelSize: kernelSize, joining: blocks.flatMap { row in row.compactMap { $0?.basis.bank } })

  package init<Basis>(_ basis: LayerBasis<Basis>, from input: FieldType, to output: FieldType) {
    inputs = input.storage
    outputs = output.storage
    kernelSize = basis.configuration.kernelSize
    var blocks = [[Block?]](
      repeating: Array(repeating: nil, count: input.storage.distinct.count), count: output.storage.distinct.count)
    for pair in basis.pairs {
      let row = output.storage.distinctIndex[pair.outFields[0]]
      let column = input.storage.distinctIndex[pair.inFields[0]]
      blocks[row][column] = Block(offset: pair.weightOffset, count: pair.weightCount, basis: pair.basis)
    }
    self.blocks = blocks
  }

  /// The filter `[out, in, k, k]` in channels-last memory for weights `[weightCount]`; gradients flow to the weights.
  package func filter(_ weights: Tensor) -> Tensor {
    expanded(weights, in: .pixels)
      .reshape([outputs.size, kernelSize, kernelSize, inputs.size]).permute([0, 3, 1, 2])
  }

  /// The coefficients `[out, functions · in]` of the filter with respect to the bank, function by function; gradients flow.
  package func coefficients(_ weights: Tensor) -> Tensor {
    expanded(weights, in: .functions).reshape([outputs.size, bank.count * inputs.size])
  }

  /// The filter `[out, coordinates, in]`.
  private func expanded(_ weights: Tensor, in coordinates: Coordinates) -> Tensor {
    let constants = constants(like: weights, in: coordinates)
    let points = coordinates == .pixels ? kernelSize * kernelSize : bank.count
    let rows = blocks.indices.map { row in
      joined(
        blocks[row].indices.map { column in
          let outCount = count(outputs, row)
          let inCount = count(inputs, column)
          let (outSize, inSize) = (outputs.distinct[row].size, inputs.distinct[column].size)
          guard let block = blocks[row][column], let matrix = constants.matrices[row][column] else {
            return Tensor.zeros(
              [outCount * outSize, points, inCount * inSize], dtype: weights.dtype, device: weights.device)
          }
          let part =
            block.count == weights.count ? weights : weights.narrow(0, start: block.offset, length: block.count)
          return kernels(part.reshape([outCount, inCount, block.basis.dimension]), matrix, columns: inSize)
            .reshape([outCount * outSize, points, inCount * inSize])
        }, along: 2)
    }
    var filter = joined(rows, along: 0)
    if let order = constants.outputOrder { filter = filter.indexSelect(0, order) }
    if let order = constants.inputOrder { filter = filter.indexSelect(2, order) }
    return filter
  }

  /// The kernels `[outputs, rows, inputs, columns]` of weights `[outputs, inputs, dimension]`.
  ///
  /// Without gradients some outputs are expanded at a time: their kernels are still in the cache when they are put in
  /// order, and no second array of the filter's size has to come from the system, zeroed page by page.
  private func kernels(_ weights: Tensor, _ matrix: Tensor, columns: Int) -> Tensor {
    let (outputs, inputs) = (weights.shape[0], weights.shape[1])
    func product(_ weights: Tensor) -> Tensor {
      weights.reshape([-1, matrix.shape[0]]).matmul(matrix)
        .reshape([weights.shape[0], inputs, -1, columns]).permute([0, 2, 1, 3])
    }
    let step = max(1, Self.numbersInCache / (inputs * matrix.shape[1]))
    guard !isGradientEnabled, inputs > 1, step < outputs else { return product(weights) }
    let result = weights.uninitialized([outputs, matrix.shape[1] / columns, inputs, columns])
    for first in stride(from: 0, to: outputs, by: step) {
      let count = min(step, outputs - first)
      result.narrow(0, start: first, length: count)
        .copyInPlace(from: product(weights.narrow(0, start: first, length: count)))
    }
    return result
  }

  /// How many numbers are expanded at a time, 8 MB of `float32`; with smaller parts threads wait for each other more often.
  private static let numbersInCache = 1 << 21

  private func joined(_ parts: [Tensor], along dimension: Int) -> Tensor {
    parts.count == 1 ? parts[0] : Tensor.concatenated(parts, along: dimension)
  }

  private func count(_ type: FieldTypeStorage, _ index: Int) -> Int {
    type.distinctIndex.count { $0 == index }
  }

  private func constants(like weights: Tensor, in coordinates: Coordinates) -> Constants {
    let place = Place(dtype: weights.dtype, device: weights.device, coordinates: coordinates)
    if let known = constants[place] { return known }
    let pixels = kernelSize * kernelSize
    // The functions are orthonormal, so products with them are the coefficients.
    let functions =
      coordinates == .pixels
      ? nil : Tensor(bank.functions, shape: [bank.count, pixels], dtype: .float64).transpose(0, 1)
    let matrices = blocks.map { row in
      row.map { block -> Tensor? in
        guard let block else { return nil }
        let (outSize, inSize) = (block.basis.outSize, block.basis.inSize)
        let kernels = Tensor(
          block.basis.values, shape: [block.basis.dimension, outSize, inSize, pixels], dtype: .float64)
        let values = functions.map { kernels.matmul($0) } ?? kernels
        return values.permute([0, 1, 3, 2]).reshape([block.basis.dimension, -1])
          .to(weights.dtype).to(weights.device)
      }
    }
    let made = Constants(
      matrices: matrices, inputOrder: order(inputs, on: weights.device), outputOrder: order(outputs, on: weights.device)
    )
    constants[place] = made
    return made
  }

  /// Where each channel lies when the fields are grouped by representation, nil when they are grouped already.
  private func order(_ type: FieldTypeStorage, on device: Device) -> Tensor? {
    var positions = [Int](repeating: 0, count: type.size)
    var next = 0
    for index in type.distinct.indices {
      for (field, range) in type.channels.enumerated() where type.distinctIndex[field] == index {
        for channel in range {
          positions[channel] = next
          next += 1
        }
      }
    }
    if positions == Array(0..<type.size) { return nil }
    return Tensor(positions, shape: [type.size], device: device)
  }
}

import EquivariantLayers
import Layers
import SteerableKernels
import Tensors

/// The weights of a steerable convolution between all input fields of one representation and all output fields of another.
///
/// A filter is cut into such blocks; in each, a least-squares problem of its own gives the weights.
struct FilterBlock {
  /// The first weight of the block, and their number.
  let weights: Range<Int>
  /// The channels of the filter's rows and columns.
  let outChannels: [Int]
  let inChannels: [Int]
  let outCount: Int
  let inCount: Int
  let outSize: Int
  let inSize: Int
  /// The basis `[dimension, out · in · points]` in double precision.
  let basis: Tensor

  /// Their names for the representations.
  let names: [String]

  /// The blocks of a layer, nil for modules that are no steerable convolutions.
  static func blocks(of module: Module) -> [FilterBlock]? {
    switch module {
    case let layer as R2Conv: blocks(layer.kernelBasis)
    case let layer as R2ConvTransposed: blocks(layer.kernelBasis)
    case let layer as R2Diffop: blocks(layer.diffopBasis)
    default: nil
    }
  }

  private static func blocks<Basis>(_ basis: LayerBasis<Basis>) -> [FilterBlock] {
    basis.pairs.map { pair in
      FilterBlock(
        weights: pair.weightRange, outChannels: pair.outChannels, inChannels: pair.inChannels,
        outCount: pair.outFields.count, inCount: pair.inFields.count, outSize: pair.basis.outSize,
        inSize: pair.basis.inSize,
        basis: Tensor(
          pair.basis.values, shape: [pair.basis.dimension, pair.basis.values.count / pair.basis.dimension],
          dtype: .float64),
        names: [pair.input, pair.output].map { ReferenceName.name(of: $0) })
    }
  }

  /// The block of a filter `[out, in, k, k]` as rows `[pairs of fields, out · in · points]`.
  func rows(of filter: Tensor) -> Tensor {
    func index(_ channels: [Int]) -> Tensor { Tensor(channels, shape: [channels.count]) }
    let points = filter.shape[2] * filter.shape[3]
    return filter.indexSelect(0, index(outChannels)).indexSelect(1, index(inChannels))
      .reshape([outCount, outSize, inCount, inSize, points]).permute([0, 2, 1, 3, 4])
      .reshape([outCount * inCount, outSize * inSize * points])
  }

  /// The rows that weights give in a basis: `[pairs of fields · dimension]` to `[pairs of fields, out · in · points]`.
  func rows(of weights: Tensor, in basis: Tensor) -> Tensor {
    weights.reshape([outCount * inCount, basis.shape[0]]).matmul(basis)
  }

  /// The weights in a basis that come nearest to rows.
  static func weights(of rows: Tensor, in basis: Tensor) -> Tensor {
    basis.transpose(0, 1).leastSquares(rows.transpose(0, 1)).transpose(0, 1).reshape([-1])
  }
}

import Layers
import Symmetry
package import Tensors

/// The largest channel in each of several ranges of channels.
package final class FieldMaximum: SelfContained {
  package let sizes: [Int]
  /// Runs of ranges of equal size, as `(size, number)`.
  private let runs: [(size: Int, count: Int)]

  package init(sizes: [Int]) {
    self.sizes = sizes
    var runs: [(size: Int, count: Int)] = []
    for size in sizes {
      if let last = runs.last, last.size == size {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((size, 1))
      }
    }
    self.runs = runs
  }

  /// The maxima `[N, ranges, H, W]` in the memory layout of the input.
  package func callAsFunction(_ input: Tensor) -> Tensor {
    var parts: [Tensor] = []
    var start = 0
    for run in runs {
      let channels = run.size * run.count
      let part = runs.count == 1 ? input : input.narrow(1, start: start, length: channels)
      parts.append(run.size == 1 ? part : maximum(part, run.size, run.count))
      start += channels
    }
    return parts.count == 1 ? parts[0] : Tensor.concatenated(parts, along: 1)
  }

  private func maximum(_ input: Tensor, _ size: Int, _ count: Int) -> Tensor {
    let shape = input.shape
    let (n, h, w) = (shape[0], shape[2], shape[3])
    let isFlat = input.isContiguous()
    let view =
      isFlat
      ? input.reshape([n, count, size, h, w]) : input.permute([0, 2, 3, 1]).reshape([n, h, w, count, size])
    // With positions the backward pass is a scatter; without gradients the positions are not needed.
    let dimension = isFlat ? 2 : 4
    let maxima =
      input.requiresGradient && isGradientEnabled
      ? view.maxWithIndices(along: dimension).values : view.max(along: dimension)
    return isFlat ? maxima : maxima.permute([0, 3, 1, 2])
  }
}

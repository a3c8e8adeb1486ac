import EquivarianceTesting
import EquivariantLayers
import Foundation
import Layers
import Symmetry
import Tensors
import TestSupport

/// The spaces on which layers are tested.
let testedSpaces: [GSpace] = [
  .trivial, .rotations(2), .rotations(3), .rotations(4), .rotations(6), .rotations(8), .dihedral(1), .dihedral(2),
  .dihedral(3), .dihedral(4), .dihedral(4, axis: 0), .so2, .o2, .o2(axis: .pi / 4), .flips(), .flips(axis: 0),
  .flips(axis: .pi / 4), .flips(axis: 3 * .pi / 4), .flips(axis: 1),
]

extension GSpace {
  /// Fields that the group permutes: scalars, and regular fields of finite groups.
  var permutedType: FieldType {
    group.isContinuous ? FieldType(self, 3 * trivial) : FieldType(self, 1 * trivial + 2 * regular)
  }

  /// Fields of several kinds, irreducible ones included.
  var mixedType: FieldType {
    let irreps = group.irreps(maximumFrequency: 2).suffix(3).map { Representation($0) }
    return FieldType(self, 2 * trivial + irreps + (group.isContinuous ? [] : 1 * regular))
  }

  var scalars: FieldType { FieldType(self, 2 * trivial) }
}

/// The reference's deterministic numbers: sin(0.7 (i + 1)).
func referenceInput(_ shape: Shape) -> Tensor {
  let count = shape.reduce(1, *)
  return Tensor((0..<count).map { sin(0.7 * Double($0 + 1)) }, shape: shape, dtype: .float64)
}

func referenceWeights(_ count: Int) -> Tensor {
  Tensor((0..<count).map { sin(Double($0 + 1)) }, shape: [count], dtype: .float64)
}

func referenceBias(_ count: Int) -> Tensor {
  Tensor((0..<count).map { cos(Double($0 + 1)) }, shape: [count], dtype: .float64)
}

func maximumDifference(_ a: Tensor, _ b: Tensor) -> Double {
  a.shape == b.shape ? (a.to(.float64) - b.to(.float64)).abs().max().item() : .infinity
}

internal import Layers
public import Symmetry
public import Tensors

/// A finite set of elements of SO(2) or O(2), on which a group convolution lays out its feature maps.
///
/// The elements are those of `Symmetry`: an element first reflects (across the vertical line, which swaps left and
/// right), then rotates counter-clockwise; its product and inverse are those of `Group.product` and `Group.inverse`.
/// Here they are tensors, so that gradients reach a learned distribution of angles.
///
/// **Shapes**: `[S, N]`: `S` sets of `N` elements; `S` is 1, or the batch size when each image has a set of its own.
///
/// **Units**: radians.
///
/// **Reference**: Romero and Lohit (2022). Their element (r, m) rotates by r clockwise as seen, then mirrors: it is the
/// rotation by -r here if m = 1, and the reflection with angle r if m = -1.
public struct GroupSamples {
  /// SO(2) or O(2).
  public let group: Group
  /// The angles, `[S, N]` of `float64`.
  public let angles: Tensor
  /// 1 for a rotation and -1 for a reflection, `[S, N]` of `float64`; nil for SO(2).
  public let signs: Tensor?
  /// 1 for every element, `[S, N]` of `float64`, with the gradient of the draws that decided to keep it; nil if none did.
  public let presence: Tensor?

  /// Creates sets from their angles and signs.
  ///
  /// **Traps**: for another group, or when shapes or types do not fit.
  public init(_ group: Group, angles: Tensor, signs: Tensor? = nil, presence: Tensor? = nil) {
    guard group == .so2 || group == .o2 else {
      Torch.fail(op: "GroupSamples", "needs SO2 or O2, got \(group)")
    }
    guard angles.rank == 2, angles.dtype == .float64, (signs != nil) == group.hasReflections,
      [signs, presence].allSatisfy({ $0.map { $0.shape == angles.shape && $0.dtype == .float64 } ?? true })
    else {
      Torch.fail(
        op: "GroupSamples",
        "needs float64 angles [S, N], signs of that shape for O2 only, and presences of that shape or none, got "
          + "\(angles.shape) \(angles.dtype) and \(signs.map { "\($0.shape) \($0.dtype)" } ?? "no signs") for \(group)")
    }
    self.group = group
    self.angles = angles
    self.signs = signs
    self.presence = presence
  }

  /// One set of the given elements.
  ///
  /// **Traps**: unless they belong to `group`.
  public init(_ elements: [GroupElement], of group: Group) {
    let angles = elements.map { element -> Double in
      guard group.contains(element) else { Torch.fail(op: "GroupSamples", "\(element) is not in \(group)") }
      return element.angle(in: group)
    }
    let signs = elements.map { $0.isReflected ? -1.0 : 1.0 }
    self.init(
      group, angles: Tensor(angles, shape: [1, angles.count]),
      signs: group.hasReflections ? Tensor(signs, shape: [1, signs.count]) : nil)
  }

  /// `count` elements evenly spread over the group: those of C_N for SO(2), those of D_{N/2} for O(2), in their order.
  ///
  /// **Traps**: for an odd number of elements of O(2), or for none.
  public static func grid(_ count: Int, of group: Group) -> GroupSamples {
    let rotations = group.hasReflections ? count / 2 : count
    guard rotations > 0, !group.hasReflections || count % 2 == 0 else {
      Torch.fail(op: "GroupSamples.grid", "\(group) has no grid of \(count) elements")
    }
    let signs = group.hasReflections ? [false, true] : [false]
    let elements = signs.flatMap { isReflected in
      (0..<rotations).map { group.element(angle: 2 * .pi * Double($0) / Double(rotations), reflected: isReflected) }
    }
    return GroupSamples(elements, of: group)
  }

  /// The identity alone.
  public static func identity(of group: Group) -> GroupSamples { GroupSamples([group.identity], of: group) }

  /// What the original takes for the identity of O(2): angle 0 with the sign 0, which is no element.
  ///
  /// Its matrix is singular: kernels see x = 0 and the sign 0 everywhere.
  public static func singularIdentity(of group: Group) -> GroupSamples {
    GroupSamples(
      group, angles: Tensor.zeros([1, 1], dtype: .float64),
      signs: group.hasReflections ? Tensor.zeros([1, 1], dtype: .float64) : nil)
  }

  /// The number of sets, `S`.
  public var sets: Int { angles.shape[0] }

  /// The number of elements of each set, `N`.
  public var count: Int { angles.shape[1] }

  /// Some of the sets.
  func sets(from first: Int, count: Int) -> GroupSamples {
    func own(_ values: Tensor) -> Tensor { values.slice(0, from: first, to: first + count) }
    return GroupSamples(group, angles: own(angles), signs: signs.map(own), presence: presence.map(own))
  }

  /// The elements of one set.
  public func elements(ofSet set: Int = 0) -> [GroupElement] {
    let angles = angles[set].scalars(as: Double.self)
    let signs = signs?[set].scalars(as: Double.self)
    return angles.indices.map { index in
      // Rounding just below a full turn is the identity's angle.
      let angle = angles[index] + 2 * .pi * ((-angles[index] - Self.seam) / (2 * .pi)).rounded(.up)
      return group.element(angle: max(0, angle), reflected: signs.map { $0[index] < 0 } ?? false)
    }
  }

  /// The same sets without a way for gradients.
  public func detached() -> GroupSamples { GroupSamples(group, angles: angles.detach(), signs: signs?.detach()) }

  /// The numbers that a kernel computed for these sets depends on.
  var fingerprint: [Double] {
    angles.scalars(as: Double.self) + (signs?.scalars(as: Double.self) ?? [])
  }

  /// Angles this close below a full turn count as 0, on which side of the kernel's seam rounding must not decide.
  static let seam = 1e-9

  /// Angles in [0, 2π), up to `seam` below.
  static func wrapped(_ angles: Tensor) -> Tensor { (angles + seam).remainder(2 * .pi) - seam }
}

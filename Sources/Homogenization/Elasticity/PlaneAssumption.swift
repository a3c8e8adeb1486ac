/// What happens across the plane of a two-dimensional elastic body.
public enum PlaneAssumption: String, CaseIterable, Codable, Hashable, Sendable {
  /// A thin sheet: no stress across the plane.
  case planeStress = "plane-stress"
  /// A slice of a long body: no strain across the plane.
  case planeStrain = "plane-strain"
}

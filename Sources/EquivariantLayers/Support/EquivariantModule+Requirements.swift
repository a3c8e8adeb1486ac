package import Symmetry

extension EquivariantModule {
  /// Stops unless the group preserves the norm of every field.
  package static func requireNorm(_ type: FieldType, _ name: String) {
    requireCapability(.norm, type, name, "is not orthogonal, so the norm of its fields is not invariant")
  }

  /// Stops unless every representation of a type has a capability.
  ///
  /// - Parameter reason: What is wrong with a representation that has not, in a sentence of which it is the subject.
  package static func requireCapability(
    _ capability: Capability, _ type: FieldType, _ name: String, _ reason: String
  ) {
    for representation in type.distinctRepresentations where !representation.capabilities.contains(capability) {
      fail(name, "\(representation.name) of \(type) \(reason)")
    }
  }

  /// Stops when a field has an invariant part.
  package static func requireNoTrivial(_ type: FieldType, _ name: String, _ cure: String) {
    for representation in type.distinctRepresentations where representation.containsTrivial {
      fail(
        name,
        "\(representation.name) of \(type) contains the trivial representation, so its mean need not vanish; \(cure)")
    }
  }
}

/// The place of an object in a pickle.
///
/// Objects may hold each other and themselves, as in Python; `pickle[reference]` tells what one holds.
public struct PickleReference: Hashable, Sendable {
  let index: Int
}

extension Torch {
  /// Calls an operator that works on lists of tensors without recording it, as `_foreach_mul_` and `_fused_adam_` do.
  package static func foreach(
    _ name: String, overload: String = "", _ arguments: [Value], named: KeyValuePairs<String, Value> = [:]
  ) {
    withoutGradient { _ = call(name, overload: overload, arguments, named: named) }
  }
}

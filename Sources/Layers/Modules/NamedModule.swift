/// A module with the key under which a module holds it.
public struct NamedModule {
  /// The key, for example `blocks.0.conv1`; empty for the module that was asked.
  public let key: String
  /// The module.
  public let module: Module

  /// Creates a pair of key and module.
  public init(key: String, module: Module) {
    self.key = key
    self.module = module
  }
}

/// A value that may hold tensors which are neither trained nor saved, so that a module can keep it in a property.
///
/// `Derived` conforms; conform a class of your own when what it holds can be computed again at any time.
public protocol SelfContained {}

internal import Dispatch

/// A source of elapsed time that tests can replace.
public struct TrainingClock: Sendable {
  private let read: @Sendable () -> Double

  /// Creates a clock from a closure that returns seconds; only differences are used.
  public init(_ read: @escaping @Sendable () -> Double) { self.read = read }

  /// The clock of the system, which only goes forward.
  public static let system = TrainingClock { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }

  /// The seconds since an arbitrary moment.
  public var seconds: Double { read() }
}

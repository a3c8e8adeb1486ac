internal import CTorchShim

/// The engine: its version, threads and modes, the dispatcher for every operator, and the one place that traps.
public enum Torch {
  /// The version of LibTorch that is loaded.
  public static var version: String { text(ts_library_version()) }

  /// How many tensors Swift holds now; a program that keeps none comes back to the number it started with.
  public static var liveTensorCount: Int { Int(ts_live_tensor_count()) }

  /// How many threads one operation may use.
  ///
  /// **Traps**: when set to less than one.
  public static var threads: Int {
    get { ts_thread_count() }
    set { trapping(try perform("threads") { ts_set_thread_count(newValue, $0) }) }
  }

  /// Whether operations must give the same bits on every run.
  public static var isDeterministic: Bool { ts_is_deterministic() }

  /// Asks for the same bits on every run; operations that cannot give them fail.
  public static func setDeterministic(_ enabled: Bool) {
    trapping(try perform("setDeterministic") { ts_set_deterministic(enabled, $0) })
  }

  /// Seeds the engine's own generator, which only operators called through the dispatcher use.
  public static func manualSeed(_ seed: UInt64) {
    trapping(try perform("manualSeed") { ts_manual_seed(seed, $0) })
  }

  /// How many NVIDIA accelerators the engine can use.
  public static var cudaDeviceCount: Int { ts_cuda_device_count() }

  /// Whether there is an NVIDIA accelerator that the engine can use.
  public static var isCUDAAvailable: Bool { cudaDeviceCount > 0 }

  /// Whether the library's own loops were compiled with optimization; without, they are far slower than the engine's.
  package static var areLoopsOptimized: Bool { ts_loops_are_optimized() }

  /// The oldest and the newest minor version of LibTorch 2 that this library is made for.
  static let supportedMinorVersions = 13...13

  /// Checks once per process that the library that is loaded is the one the shim was compiled for.
  @inline(__always)
  static func start() { _ = versionCheck }

  private static let versionCheck: Void = {
    let header = ts_header_version()
    let library = ts_library_version()
    let (major, minor) = (library >> 16, Int(library >> 8 & 0xFF))
    guard major == 2, supportedMinorVersions.contains(minor), header >> 8 == library >> 8 else {
      fail("LibTorch \(text(library)) is loaded; this program was built with \(text(header))")
    }
  }()

  private static func text(_ version: Int32) -> String {
    "\(version >> 16).\(version >> 8 & 0xFF).\(version & 0xFF)"
  }
}

import Foundation

/// The sine, for files that need nothing else of Foundation.
func sine(_ angle: Double) -> Double { sin(angle) }

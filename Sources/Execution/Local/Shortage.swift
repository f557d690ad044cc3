import Foundation
import Subprocess

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// The machine could start no program, for want of memory, processes or open files: no fault of the program.
package struct Shortage: Error, Equatable {
  /// The system's own words.
  let reason: String

  /// - Returns: nil for an error that a later try will give again.
  init?(_ error: any Error) {
    let errno = (error as? SubprocessError)?.underlyingError ?? error as? Errno
    guard let errno,
      [
        .resourceTemporarilyUnavailable, .noMemory, .tooManyOpenFiles,
        .tooManyOpenFilesInSystem,
      ].contains(errno)
    else { return nil }
    reason = errno.description
  }
}

extension Shortage: CustomStringConvertible {
  package var description: String {
    "This machine starts no more programs: \(reason). Every result that was announced is stored; end something else, or give fewer --jobs, and run again."
  }
}

extension Local {
  /// Pauses before the next try: three seconds in all, in which others may have ended.
  private static let pauses = [50, 100, 200, 400, 750, 1500].map(Duration.milliseconds)

  /// Starts a program, and again after a pause where the machine is short of something.
  ///
  /// - Parameters:
  ///   - isUnderWay: Whether the program began, so that another try would be another one.
  ///   - start: Starts it.
  /// - Returns: What starting gives.
  /// - Throws: ``Shortage`` when the last try gave one, or what starting throws.
  func patiently<Value>(
    unless isUnderWay: () -> Bool,
    _ start: () async throws -> Value
  ) async throws -> Value {
    for pause in Self.pauses {
      do {
        return try await start()
      } catch {
        guard !isUnderWay(), !groups.isStopping, Shortage(error) != nil else { throw error }
        try? await Task.sleep(for: pause)
      }
    }
    do {
      return try await start()
    } catch {
      guard !isUnderWay(), let shortage = Shortage(error) else { throw error }
      throw shortage
    }
  }
}

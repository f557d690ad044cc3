package import Foundation

/// Runs a test's body in an empty folder of its own and removes the folder afterwards.
///
/// - Parameter body: Gets the folder's URL, with symbolic links resolved.
/// - Returns: What the body returns.
/// - Throws: What the body throws, or that the folder could not be made.
package func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = try emptyFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// Runs an asynchronous test's body in an empty folder of its own and removes the folder afterwards.
///
/// - Parameter body: Gets the folder's URL, with symbolic links resolved.
/// - Returns: What the body returns.
/// - Throws: What the body throws, or that the folder could not be made.
package func withTemporaryFolder<Result>(
  _ body: (URL) async throws -> Result
) async throws -> Result {
  let folder = try emptyFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}

private func emptyFolder() throws -> URL {
  let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appending(component: "sweep-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}

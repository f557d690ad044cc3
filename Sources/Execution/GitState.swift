import Notation
import Storage
package import Sweeps
import Foundation
import Subprocess

extension Provenance.Git {
  /// Asks git about a folder.
  ///
  /// - Returns: nil where git is not installed, the folder is in no repository, or it has no commit.
  package static func state(of directory: String) async -> Provenance.Git? {
    guard let commit = await git(["rev-parse", "HEAD"], in: directory),
      let status = await git(["status", "--porcelain", "--untracked-files=no"], in: directory)
    else { return nil }
    let isDirty = !status.isEmpty
    let diff = isDirty ? await git(["diff", "HEAD"], in: directory) ?? "" : ""
    return Provenance.Git(
      commit: commit.trimmingCharacters(in: .whitespacesAndNewlines),
      isDirty: isDirty,
      diff: diff
    )
  }

  private static func git(_ arguments: [String], in directory: String) async -> String? {
    // A repository without git, or git without a repository, is ordinary: nothing to report then.
    let result = try? await run(
      .name("git"),
      arguments: Arguments(["-C", directory] + arguments),
      input: .none,
      output: .sequence,
      error: .discarded
    ) { execution in
      var bytes: [UInt8] = []
      for try await buffer in execution.standardOutput {
        buffer.withUnsafeBytes { bytes.append(contentsOf: $0.prefix(diffLimitBytes - bytes.count)) }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    guard let result, result.terminationStatus.isSuccess else { return nil }
    return result.closureResult
  }
}

import Foundation
import Notation
import Subprocess
package import Sweeps

extension Provenance.Git {
  /// Names that are kept of the files that differ.
  private static let nameLimit = 1000
  /// Bytes of a difference that are read; of a longer one the digest is of its beginning.
  private static let differenceLimitBytes = 16 << 20

  /// Asks git about a folder, without running anything that the repository's configuration names.
  ///
  /// - Returns: nil where git is not installed, the folder is in no repository, or it has no commit.
  package static func state(of directory: String) async -> Provenance.Git? {
    guard let commit = await git(["rev-parse", "--verify", "HEAD"], in: directory) else {
      return nil
    }
    let filters = await withoutFilters(in: directory)
    let difference =
      filters + [
        "diff", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--no-color",
      ]
    guard let names = await git(difference + ["--name-only", "-z", "HEAD", "--"], in: directory)
    else { return nil }
    let changed = names.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    let text = changed.isEmpty ? nil : await git(difference + ["HEAD", "--"], in: directory)
    return Provenance.Git(
      commit: String(decoding: commit, as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines),
      isDirty: !changed.isEmpty,
      changedFiles: Array(changed.prefix(nameLimit)),
      differenceDigest: text.map { Digest.hexadecimal(of: $0) }
    )
  }

  /// Options that take the programs away through which git would read changed files.
  private static func withoutFilters(in directory: String) async -> [String] {
    let pattern = #"^filter\..*\.(clean|smudge|process|required)$"#
    let found = await git(["config", "-z", "--name-only", "--get-regexp", pattern], in: directory)
    return (found ?? []).split(separator: 0).flatMap { key -> [String] in
      let key = String(decoding: key, as: UTF8.self)
      return ["-c", key.hasSuffix(".required") ? key + "=false" : key + "="]
    }
  }

  private static func git(_ arguments: [String], in directory: String) async -> [UInt8]? {
    let harmless = [
      "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
      "-c", "protocol.allow=never",
    ]
    // A repository without git, or git without a repository, is ordinary: nothing to report then.
    let result = try? await run(
      .name("git"),
      arguments: Arguments(harmless + ["-C", directory] + arguments),
      // A missing object must not be fetched by a program that the configuration names.
      environment: .inherit.updating(["GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1"]),
      input: .none,
      output: .sequence,
      error: .discarded
    ) { execution in
      var bytes: [UInt8] = []
      for try await buffer in execution.standardOutput {
        buffer.withUnsafeBytes {
          bytes.append(contentsOf: $0.prefix(differenceLimitBytes - bytes.count))
        }
      }
      return bytes
    }
    guard let result, result.terminationStatus.isSuccess else { return nil }
    return result.closureResult
  }
}

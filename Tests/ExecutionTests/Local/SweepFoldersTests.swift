import Execution
import Foundation
import Storage
import Sweeps
import TestSupport
import Testing

/// Nothing is written out of the results through a link that somebody put there.
struct SweepFoldersTests {
  /// Runs a sweep whose folder was changed before.
  private func run(
    in url: URL,
    after change: (SweepFolders, Run) throws -> Void
  ) async throws {
    let trial = try Trial(
      in: url,
      script: #"echo '{"final": {"loss": 1}}'"#,
      spec: #""seeds": 1"#
    )
    let spec = try trial.spec()
    let folders = SweepFolders(results: trial.results, folder: spec.folder)
    try FileManager.default.createDirectory(
      atPath: folders.runs,
      withIntermediateDirectories: true
    )
    let grid = try Grid(spec, trainer: exampleTrainer, files: Disk())
    try change(folders, grid[0])
    _ = try await trial.run(trial.local())
  }

  @Test func `a run's folder that is a link to elsewhere is refused`() async throws {
    try await withTemporaryFolder { url in
      let elsewhere = url.appending(component: "elsewhere").path
      await #expect(throws: StoreError.self) {
        try await run(in: url) { folders, run in
          #expect(mkdir(elsewhere, 0o755) == 0)
          #expect(symlink(elsewhere, folders.run(run)) == 0)
        }
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: elsewhere)
      #expect(names.isEmpty)
    }
  }

  @Test func `settings are not written through a link`() async throws {
    try await withTemporaryFolder { url in
      let kept = url.appending(component: "kept").path
      let isMade = FileManager.default.createFile(atPath: kept, contents: Data("mine".utf8))
      #expect(isMade)
      await #expect(throws: StoreError.self) {
        try await run(in: url) { folders, run in
          #expect(mkdir(folders.run(run), 0o755) == 0)
          #expect(symlink(kept, folders.settings(of: run)) == 0)
        }
      }
      let content = FileManager.default.contents(atPath: kept)
      #expect(content == Data("mine".utf8))
    }
  }
}

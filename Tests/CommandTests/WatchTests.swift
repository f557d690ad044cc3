import Foundation
import TestSupport
import Testing

/// The story of a report that is watched while its sweep runs.
struct WatchTests {
  /// Each run waits until a file with its seed's name is there.
  private static let spec = """
    { "name": "slow", "axes": { "a": [0, 1] }, "seeds": 2,
      "command": ["sh", "-c", "touch began{seed}{a}; while [ ! -e go{seed} ]; do sleep 0.05; done; echo '{{\\"final\\": {{\\"loss\\": 0.{a}{seed}}}}}'"] }
    """

  private func text(_ name: String, _ folder: SweepFolder) -> String {
    folder.lines(of: name).joined(separator: "\n")
  }

  @Test func `a file is written anew as runs arrive, and watching ends with the sweep`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["slow.json": Self.spec])
      let run = try folder.start("run slow.json --quiet -j 2")
      let exists = FileManager.default.fileExists(atPath:)
      #expect(folder.wait { exists(url.appending(component: "began01").path) })
      let watch = try folder.start("report --watch -o report.md")
      #expect(folder.wait { self.text("report.md", folder).contains("0 finished") })
      try Data().write(to: url.appending(component: "go0"))
      #expect(folder.wait { self.text("report.md", folder).contains("2 finished") })
      #expect(watch.isRunning)
      try Data().write(to: url.appending(component: "go1"))
      #expect(run.wait() == 0)
      #expect(watch.wait() == 0)
      let last = text("report.md", folder)
      #expect(last.contains("4 finished") && !last.contains("Interim"))
      #expect(try folder.sweep("report --verify report.md").exitCode == 0)
    }
  }

  @Test func `Ctrl-C leaves the watch and nothing is said`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["slow.json": Self.spec])
      let run = try folder.start("run slow.json --quiet -j 2")
      defer {
        for seed in [0, 1] { try? Data().write(to: url.appending(component: "go\(seed)")) }
        run.wait()
      }
      let exists = FileManager.default.fileExists(atPath:)
      #expect(folder.wait { exists(url.appending(component: "began01").path) })
      let scratch = url.appending(component: "watch")
      try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
      let watch = try SweepBinary.start(
        ["report", "--watch", "-o", "report.md"],
        in: url,
        scratch: scratch
      )
      #expect(folder.wait { exists(url.appending(component: "report.md").path) })
      watch.kill(SIGINT)
      #expect(watch.wait() == 130)
      #expect(try Data(contentsOf: scratch.appending(component: "err")).isEmpty)
      #expect(run.isRunning)
    }
  }

  @Test func `a sweep that has ended is reported once`() throws {
    try FormatTests.withDose { folder in
      let watched = try folder.sweep("report --watch")
      #expect(watched.exitCode == 0)
      #expect(watched.output == (try folder.sweep("report").output))
    }
  }
}

import Foundation
import TestSupport
import Testing

/// What the README shows is tried.
struct ReadmeTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: Self.root.appending(component: name)), as: UTF8.self)
  }

  @Test func `every spec of the README can be planned`() throws {
    let blocks = try text("README.md").split(separator: "```json\n").dropFirst()
      .compactMap { $0.split(separator: "```").first }
    try #require(!blocks.isEmpty)
    try withTemporaryFolder { folder in
      for block in blocks {
        try Data(block.utf8).write(to: folder.appending(component: "spec.json"))
        let plan = try SweepBinary.run(["plan", "spec.json"], in: folder)
        #expect(plan.exitCode == 0, "\(plan.errors)")
      }
    }
  }

  @Test(arguments: ["README.md", "CLASS.md"])
  func `every command that is named exists`(name: String) throws {
    let commands = Set(
      try text(name).matches(of: #/`?sweep ([a-z]+) (?:SPEC|NAME|RUNS|sweeps/|reg|--)/#)
        .map { String($0.output.1) }
    )
    try #require(!commands.isEmpty)
    try withTemporaryFolder { folder in
      for command in commands {
        let help = try SweepBinary.run([command, "--help"], in: folder)
        #expect(help.exitCode == 0, "sweep \(command)")
      }
    }
  }

  @Test func `every sweep of the repository is in the README's table`() throws {
    let readme = try text("README.md")
    let specs = try FileManager.default
      .contentsOfDirectory(atPath: Self.root.appending(component: "sweeps").path)
      .filter { $0.hasSuffix(".json") && $0 != "sweep.schema.json" }
    try #require(specs.count >= 4)
    for spec in specs { #expect(readme.contains("`\(spec)`")) }
  }

  @Test func `the session that the README shows is what the quickstart prints`() throws {
    let readme = try text("README.md")
    try withTemporaryFolder { folder in
      let run = try SweepBinary.run(["run", "sweeps/quickstart.json", "--quiet"], in: folder)
      try #require(run.exitCode == 0, "\(run.errors)")
      let report = try SweepBinary.run(
        ["report", "--brief", "--format", "terminal"],
        in: folder,
        environment: ["COLUMNS": "100"]
      )
      #expect(report.exitCode == 0, "\(report.errors)")
      #expect(report.output.contains("freeze"))
      #expect(readme.contains("$ sweep report --brief --format terminal\n\(report.output)```"))
    }
  }
}

import Foundation
import TestSupport
import Testing

/// A report that the world may see, made by somebody whose home, account and machine have names.
struct RedactTests {
  private static let spec = #"""
    {"name": "trial", "command": ["sh", "worker.sh", "{a}"], "axes": {"a": ["one", "HOME/data.csv"]}, "seeds": 2,
     "metrics": {"loss": {"better": "lower", "delta": 0.1}}, "limits": {"halt": "never"}}
    """#
  private static let worker = """
    [ "$1" = one ] && { echo '{"epoch": 1, "loss": 0.5}'; echo '{"final": {"loss": 0.25}}'; exit 0; }
    echo "$USER: no file $HOME/x.csv in $PWD on $(hostname), nor in /home/carlotta/y" >&2
    exit 3
    """

  @Test func `no format of a redacted report names the machine, its people or its folders`() throws
  {
    try withTemporaryFolder { url in
      let home = url.appending(component: "quentin")
      let work = home.appending(component: "thesis")
      try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
      let folder = try SweepFolder(
        work,
        files: [
          "trial.json": Self.spec.replacing("HOME", with: home.path), "worker.sh": Self.worker,
        ]
      )
      let surroundings = ["HOME": home.path, "USER": "quentin", "LOGNAME": "quentin"]
      let run = try folder.sweep("run trial.json --yes", environment: surroundings)
      #expect(run.exitCode != 64, "\(run.errors)")
      let names = ["quentin", "thesis", "carlotta"]
      let writings =
        ["md", "html", "latex", "csv", "json", "jsonl"].map { "report --format \($0)" }
        + ["export --to csv", "export --to jsonl"]
      for words in writings {
        let told = try folder.sweep(words + " --redact", environment: surroundings)
        #expect(told.exitCode == 0, "\(words): \(told.errors)")
        #expect(!told.output.isEmpty)
        for name in names {
          #expect(!told.output.contains(name), "\(words): \(name)")
        }
        let again = try folder.sweep(words + " --redact", environment: surroundings)
        #expect(told.output == again.output, "\(words): not the same twice")
      }
      let plain = try folder.sweep("report --format json", environment: surroundings).output
      let redacted = try folder.sweep("report --format json --redact", environment: surroundings)
        .output
      #expect(names.allSatisfy { plain.contains($0) })
      for placeholder in ["HOST-A", "HOME-", "USER-", "FOLDER-"] {
        #expect(redacted.contains(placeholder), "\(placeholder)")
      }
      #expect(try JSONSerialization.jsonObject(with: Data(redacted.utf8)) is [String: Any])
    }
  }

  @Test(arguments: [
    "report --redact --watch", "report --redact --votes", "report --redact --figures f",
    "report --redact --format terminal", "report --redact --verify x.md",
    "export --to tensorboard d --redact",
  ])
  func `what cannot be redacted is refused`(words: String) throws {
    try withTemporaryFolder { url in
      let told = try SweepFolder(url, files: [:]).sweep(words)
      #expect(told.exitCode == 64)
      #expect(told.errors.contains("--redact"))
    }
  }
}

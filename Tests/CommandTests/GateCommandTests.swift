import Foundation
import Notation
import Storage
import Sweeps
import TestSupport
import Testing

/// A gate before candidates, driven as a program would drive it.
struct GateCommandTests {
  /// Level b is lower by 1 with a little luck, c the same, d fails with seed 2, e is worse than a.
  private static let worker = #"""
    luck=$(( (SWEEP_SEED * 37 + 11) % 13 ))
    case $1 in
    a) loss="5.0$luck" ;;
    b) loss="4.0$(( (luck * 5 + SWEEP_SEED) % 10 ))" ;;
    c) loss="5.0$(( (luck + 3) % 10 ))" ;;
    d) [ "$SWEEP_SEED" = 2 ] && exit 1; loss=3 ;;
    e) loss="9.0$(( (luck * 3) % 10 ))" ;;
    f) case $((SWEEP_SEED % 4)) in 0) loss=2 ;; 1) loss=6 ;; 2) loss=3 ;; *) loss=5 ;; esac ;;
    esac
    echo "{\"final\": {\"loss\": $loss, \"size\": $SWEEP_SEED}}"
    """#

  private static let spec = """
    { "name": "trial", "command": ["sh", "worker.sh", "{x}"],
      "axes": { "x": ["a", "b", "c", "d", "e", "f"] }, "seeds": 5,
      "metrics": { "size": { "better": "none", "delta": 1 }, "loss": { "better": "lower", "delta": 0.2 } } }
    """

  private func withTrial(_ body: (SweepFolder) throws -> Void) throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(url, files: ["worker.sh": Self.worker, "trial.json": Self.spec])
      _ = try folder.sweep("run trial.json -j4 --quiet")
      try body(folder)
    }
  }

  @Test func `better by more than what matters is kept, and nothing else`() throws {
    try withTrial { folder in
      let kept = try folder.sweep("gate x=a x=b")
      #expect(kept.exitCode == 0, "\(kept.output)\(kept.errors)")
      #expect(
        kept.output.hasPrefix("keep: loss −0.98") && kept.output.contains("look 1 of 4, 5 seeds")
      )
      #expect(kept.output.split(separator: "\n").count == 1)
      let same = try folder.sweep("gate x=a x=c")
      #expect(same.exitCode == 1 && same.output.contains("smaller than what matters"))
      let lost = try folder.sweep("gate x=a x=d")
      #expect(lost.exitCode == 1 && lost.output.contains("has results where the other has none"))
      let worse = try folder.sweep("gate x=a x=e")
      #expect(worse.exitCode == 1 && worse.output.hasPrefix("discard: worse"))
    }
  }

  @Test func `not yet names the seeds, and a look that was taken is not taken again`() throws {
    try withTrial { folder in
      let first = try folder.sweep("gate x=a x=f --looks 5,7")
      #expect(first.exitCode == 3, "\(first.output)\(first.errors)")
      #expect(first.output.hasPrefix("not yet: run seeds 5, 6 of both; so far loss "))
      let lines = folder.lines(of: "results/gate.jsonl")
      #expect(lines.count == 3)
      let again = try folder.sweep("gate x=a x=f")
      #expect(again.exitCode == 3 && folder.lines(of: "results/gate.jsonl") == lines)
      let other = try folder.sweep("gate x=a x=f --looks 5,20")
      #expect(other.exitCode == 64 && other.errors.contains("opened with looks after 5, 7 seeds"))
      _ = try folder.sweep("run trial.json -j4 --quiet --set seeds=7")
      let last = try folder.sweep("gate x=a x=f")
      #expect(last.exitCode == 1 && last.output.contains("look 2 of 2, 7 seeds"), "\(last.output)")
      #expect(folder.lines(of: "results/gate.jsonl").count == 4)
    }
  }

  @Test func `a series spends its level, and says how many it kept`() throws {
    try withTrial { folder in
      let first = try folder.sweep("gate x=a x=c --ledger night --json")
      let level = try #require(
        JSON(line: Array(first.output.utf8.dropLast()))?.object?["level"]?.double
      )
      #expect(level > 0.0013 && level < 0.0014)
      let kept = try folder.sweep("gate x=a x=b --ledger night")
      #expect(kept.output.contains("'night': 1 kept of 2 judged, at most 5 %"), "\(kept.output)")
      let third = try folder.sweep("gate x=a x=e --ledger night --json")
      let next = try #require(
        JSON(line: Array(third.output.utf8.dropLast()))?.object?["level"]?.double
      )
      #expect(next > 0.0015)
      #expect(folder.lines(of: "results/gate.night.jsonl").count == 7)
      let share = try folder.sweep("gate x=a x=f --ledger night --share 0.2")
      #expect(share.exitCode == 64 && share.errors.contains("begun with a share of 0.05"))
    }
  }

  @Test func `a ledger that was changed is refused, and told where`() throws {
    try withTrial { folder in
      _ = try folder.sweep("gate x=a x=e --ledger night")
      let file = folder.url.appending(path: "results/gate.night.jsonl")
      let text = try String(contentsOf: file, encoding: .utf8)
      try Data(text.replacing("\"discard\"", with: "\"keep\"").utf8 + Data("{}\n".utf8)).write(
        to: file
      )
      let result = try folder.sweep("gate x=a x=b --ledger night")
      #expect(result.exitCode == 64 && result.errors.contains("Line 4 was not written after"))
    }
  }

  @Test func `what cannot be decided is refused with what would be right`() throws {
    try withTrial { folder in
      let cases = [
        ("gate x=a x=b --metric size", "A gate needs \"better\""),
        ("gate x=a x=b --metric gain", "There is 'size', 'loss'."),
        ("gate x=a x=b --looks 5,3", "that rise, from 2 to 100"),
        ("gate x=a x=b --looks five", "Write --looks 5,8,12,20"),
        ("gate x=a x=b --share 0.1", "Name it with --ledger"),
        ("gate x=a x=a", "in common"),
      ]
      for (line, words) in cases {
        let result = try folder.sweep(line)
        #expect(result.exitCode == 64 && result.errors.contains(words), "\(line): \(result.errors)")
      }
      #expect(folder.lines(of: "results/gate.jsonl").isEmpty)
    }
  }
}

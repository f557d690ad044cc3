import Foundation
import TestSupport
import Testing

/// The story of a sweep that goes on in other programs.
struct ExportTests {
  @Test func `every run gets a folder of its own, and the command that shows them is named`() throws
  {
    try FormatTests.withDose { folder in
      let export = try folder.sweep("export dose --to tensorboard logs")
      #expect(export.exitCode == 0)
      #expect(export.errors.contains("6 runs written; 'tensorboard --logdir logs' shows them."))
      let names = try FileManager.default.contentsOfDirectory(
        atPath: folder.url.appending(component: "logs").path
      )
      #expect(names.count { $0.hasPrefix("a=0 seed=") } == 3)
      #expect(names.contains("events.out.tfevents.sweep"))
    }
  }

  @Test func `curves go to standard output or to a file`() throws {
    try FormatTests.withDose { folder in
      let printed = try folder.sweep("export --to csv")
      let lines = printed.output.split(whereSeparator: \.isNewline)
      #expect(lines[0] == "run,a,seed,unit,position,metric,value")
      #expect(lines.count == 19)
      #expect(lines[1].hasSuffix(",0,0,epoch,1.0,loss,0.801"))
      #expect(try folder.sweep("export --to jsonl points.jsonl").output.isEmpty)
      #expect(folder.lines(of: "points.jsonl").count == 18)
    }
  }

  @Test func `a target without its place, and one there is not, are refused`() throws {
    try FormatTests.withDose { folder in
      let board = try folder.sweep("export --to tensorboard")
      #expect(board.exitCode == 64 && board.errors.contains("--to tensorboard DIR"))
      let parquet = try folder.sweep("export --to parquet x")
      #expect(parquet.exitCode == 64 && parquet.errors.contains("'tensorboard', 'csv', 'jsonl'"))
      let swapped = try folder.sweep("export --to tensorboard logs dose")
      #expect(swapped.exitCode == 64 && swapped.errors.contains("before --to"))
    }
  }
}

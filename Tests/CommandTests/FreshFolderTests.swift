import Foundation
import TestSupport
import Testing

/// A new user's first steps, with the built binary in an empty folder.
struct FreshFolderTests {
  @Test func `the help names every command that a user needs`() throws {
    try withTemporaryFolder { folder in
      let help = try SweepBinary.run(["--help"], in: folder)
      #expect(help.exitCode == 0)
      for command in ["run", "report", "predict", "effects", "train"] {
        #expect(help.output.contains("\n  \(command)"))
      }
      #expect(!help.output.contains("guard"))
    }
  }

  @Test func `without results a report says what to do and exits with 74`() throws {
    try withTemporaryFolder { folder in
      let report = try SweepBinary.run(["report"], in: folder)
      #expect(report.exitCode == 74)
      #expect(report.errors.contains("There are no results"))
      #expect(report.output.isEmpty)
    }
  }
}

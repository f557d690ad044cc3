import Foundation
import Laboratory
import TestSupport
import Testing

struct ExaminingTests {
  private static let spec = """
    { "name": "s", "axes": { "a": [0, 1] }, "seeds": 1,
      "command": ["/bin/echo", "{{\\"final\\": {{\\"loss\\": {a}}}}}"],
      "metrics": { "loss": { "better": "lower", "delta": 0.02 } } }
    """

  @Test func `a clock that went back since the last start is found`() async throws {
    try await withSweep(Self.spec) { laboratory, _, _ in
      func clock(_ now: Date) -> [Diagnosis] {
        laboratory.examine(programs: { _ in nil }, now: now).filter { $0.subject == "clock" }
      }
      #expect(clock(.distantFuture).isEmpty)
      #expect(clock(Date(timeIntervalSince1970: 0)).map(\.state) == [.ill])
    }
  }

  @Test func `what the machine lacks is a note, what it has is named`() {
    let laboratory = Laboratory(
      results: FileManager.default.temporaryDirectory.path + "/none/yet",
      caller: Laboratory.Caller(program: "sweep", commandLine: [], directory: "/")
    )
    func states(_ programs: @escaping (String) -> String?) -> [String: Diagnosis.State] {
      laboratory.examine(programs: programs, now: .distantFuture).reduce(into: [:]) {
        $0[$1.subject] = $1.state
      }
    }
    let bare = states { _ in nil }
    #expect(bare["graphics"] == .note && bare["Slurm"] == .note && bare["git"] == .note)
    let full = states { "/usr/bin/" + $0 }
    #expect(full["graphics"] == .well && full["Slurm"] == .well && full["git"] == .well)
    #expect(full["results"] != .ill && full["database"] == .well)
  }
}

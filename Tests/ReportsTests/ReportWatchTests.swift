import Reports
import Testing

struct ReportWatchTests {
  @Test func `a report is written when something is new, and for the last time at the end`() {
    var watch = ReportWatch()
    let seen = [(1, true), (1, true), (2, true), (2, true), (5, true), (5, false)]
    let steps = seen.map { watch.step(.init(version: $0.0, isRunning: $0.1)) }
    #expect(steps == [.write, .wait, .write, .wait, .write, .end])
  }

  @Test func `a sweep that does not run is written once`() {
    var watch = ReportWatch()
    #expect(watch.step(.init(version: 7, isRunning: false)) == .end)
  }
}

import Execution
import Foundation
import Notation
import Sweeps
import TestSupport
import Testing

/// What tasks seal is what the coordinator reads, to the bit.
struct SegmentTests {
  private func segment(_ measurements: Measurements, _ outcome: Outcome = .finished) -> Segment {
    Segment(
      task: 3,
      token: "12_3.1.ab",
      site: Site(node: "n2", processor: "p", job: "12_3", restarts: 1),
      lines: [
        .began(run: "r", at: Date(timeIntervalSince1970: 1.5), device: "0"),
        .ended(
          Segment.Ending(
            run: "r",
            outcome: outcome,
            measurements: measurements,
            lastLines: ["a\"b", "ü"],
            started: Date(timeIntervalSince1970: 1.5),
            duration: .milliseconds(250),
            device: "0",
            attempt: 1
          )
        ),
      ]
    )
  }

  @Test func `numbers come back with all their bits`() throws {
    var measurements = Measurements()
    measurements.final = [
      "a": 0.1 + 0.2, "b": .nan, "c": -.infinity, "d": -0.0, "e": .leastNonzeroMagnitude,
      "f": 1e300, "g": 3,
    ]
    measurements.curve = [
      CurvePoint(unit: .step, position: 7, metrics: ["loss": 1.0 / 3]),
      CurvePoint(unit: .epoch, position: 0.5, metrics: ["loss": .infinity]),
    ]
    measurements.texts = ["note": "line\nbreak"]
    measurements.correct = [0, 255, 17]
    let read = try #require(Segment(Array(segment(measurements).text.utf8)))
    #expect(read.site == segment(measurements).site && read.token == "12_3.1.ab")
    guard case .ended(let ending) = read.lines[1] else { throw Missing() }
    let same = ending.measurements.final.allSatisfy {
      $1.bitPattern == measurements.final[$0]?.bitPattern
        || ($1.isNaN && measurements.final[$0]?.isNaN == true)
    }
    #expect(same && ending.measurements.final.count == 7)
    #expect(ending.measurements.curve == measurements.curve)
    #expect(ending.measurements.texts == measurements.texts)
    #expect(ending.measurements.correct == measurements.correct)
    #expect(ending.lastLines == ["a\"b", "ü"] && ending.duration == .milliseconds(250))
  }

  @Test(arguments: [
    Outcome.finished, .failed(.exit(code: 7)), .failed(.signal(9)), .failed(.noResult),
    .diverged(epoch: 3, reason: "x"), .diverged(epoch: nil, reason: ""),
    .timedOut(after: .seconds(2)), .failed(.abandoned(attempts: 3, reason: "y")),
  ])
  func `every outcome comes back`(outcome: Outcome) throws {
    let read = try #require(Segment(Array(segment(Measurements(), outcome).text.utf8)))
    guard case .ended(let ending) = read.lines[1] else { throw Missing() }
    #expect(ending.outcome == outcome)
  }

  @Test func `a file of another version or none is no segment`() {
    let text = segment(Measurements()).text
    #expect(Segment(Array(text.replacing("\"sweep\":1", with: "\"sweep\":2").utf8)) == nil)
    #expect(Segment(Array("{}".utf8)) == nil && Segment([UInt8]()) == nil)
  }

  private struct Missing: Error {}

  @Test func `a batch's folder gives each task its runs, and remembers what it sealed`() throws {
    try withTemporaryFolder { url in
      let folder = BatchFolder(url.appending(component: "batch").path)
      let runs = (0..<5).map {
        Run(id: "run\($0)", seed: $0, levels: ["a=\($0)"], settings: ["x": 0.1])
      }
      let manifest = BatchManifest(
        spec: "{}",
        directory: "/",
        program: "d",
        runs: url.appending(component: "runs").path,
        cache: "/c",
        timeLimitSeconds: 2.5,
        devices: .listed(["1"]),
        perDevice: 2,
        sealSeconds: 2
      )
      try folder.make(manifest, chunks: [Array(runs[0..<2]), Array(runs[2...])], script: "s")
      #expect(folder.readManifest() == manifest)
      #expect(folder.runs(ofTask: 1) == Array(runs[2...]) && folder.runs(ofTask: 2) == nil)
      #expect(folder.readRuns()?.taskCount == 2)
      var first = segment(Measurements())
      first.lines = first.lines.map { line in
        guard case .ended(let ending) = line else { return line }
        return .ended(ending)
      }
      try folder.seal(first, number: 12)
      #expect(
        folder.segments().map { ($0 as NSString).lastPathComponent } == [
          "3.12_3.1.ab.000012.jsonl"
        ]
      )
      #expect(folder.sealedRuns(ofTask: 3) == ["r"] && folder.sealedRuns(ofTask: 1).isEmpty)
    }
  }
}

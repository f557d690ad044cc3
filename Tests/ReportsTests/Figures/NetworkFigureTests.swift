import Foundation
import Notation
import Reports
import Sweeps
import TestSupport
import Testing

/// Figures that only sweeps of certain settings have: thresholds, averaging, agreement, stopping.
struct NetworkFigureTests {
  private static let text = """
    {
      "name": "tricks",
      "command": ["train", "{early_stopping}"],
      "axes": { "early_stopping": ["none", 3], "<b>width": [4, 50] },
      "seeds": 3,
      "metrics": {
        "linear_agreement": { "better": "none", "delta": 0.02 },
        "accuracy": { "better": "higher", "delta": 0.005, "show": "points" }
      }
    }
    """

  /// Runs whose numbers a formula makes.
  private func evidence(agreement: Bool = true) throws -> Evidence {
    let text = agreement ? Self.text : Self.text.replacing("linear_agreement", with: "brier")
    let spec = try spec(text)
    let runs = records(of: spec, failLast: false).map { record in
      Record(
        run: record.run,
        attempt: 1,
        outcome: .finished,
        measurements: Self.measured(record.run),
        lastLines: [],
        started: record.started,
        duration: .seconds(1)
      )
    }
    return Evidence(
      spec: spec,
      records: runs,
      planned: runs.count,
      excludedCells: 0,
      provenance: []
    )
  }

  private static func measured(_ run: Run) -> Measurements {
    let stops = run.levels[0] == "3"
    let (luck, wide) = (Double(run.seed) / 100, run.levels[1] == "50" ? 0.02 : 0)
    var measured = Measurements()
    measured.final = ["accuracy": 0.9 + luck + wide, "accuracy_tta": 0.91 + 1.5 * luck + wide]
    for tenth in 1...9 {
      let threshold = Double(tenth) / 10
      measured.final["accuracy@\(threshold)"] =
        0.95 + luck + wide - (threshold - 0.6) * (threshold - 0.6)
    }
    if stops { measured.final["best_epoch"] = Double(2 + run.seed) }
    measured.curve = (1...(stops ? 5 : 8)).map { epoch in
      let distance = Double(epoch) - 3
      return CurvePoint(
        unit: .epoch,
        position: Double(epoch),
        metrics: [
          "curve_valid_loss": 0.4 + 0.02 * distance * distance + luck,
          "linear_agreement": 0.9 - 0.02 * Double(epoch) + luck,
          "curve_accuracy": 0.8 + 0.02 * Double(epoch) + wide,
        ]
      )
    }
    return measured
  }

  private static let names = ["agreement", "stopping", "test-time", "thresholds"]

  @Test func `each figure is as in its golden file`() throws {
    let figures = SweepReport(of: try evidence()).figures.filter { Self.names.contains($0.name) }
    #expect(figures.map(\.name).sorted() == Self.names)
    for figure in figures {
      expectGolden(
        HTML.fragment(of: figure) + "\n",
        "Networks/\(figure.name).html",
        testFile: goldenAnchor
      )
    }
  }

  @Test func `agreement is drawn where the sweep asks for it`() throws {
    let names = SweepReport(of: try evidence(agreement: false)).figures.map(\.name)
    #expect(!names.contains("agreement") && names.contains("stopping"))
    let others = SweepReport(of: try drawnEvidence()).figures.map(\.name)
    #expect(Set(others).isDisjoint(with: Self.names))
  }

  @Test func `the titles say what the figures show`() throws {
    let figures = SweepReport(of: try evidence()).figures
    func title(_ name: String) throws -> String {
      try #require(figures.first { $0.name == name }).title.text
    }
    #expect(try title("thresholds").contains("baseline: 0.6 (96 points)"))
    // 0.01 + 0.5 · the mean of 0, 0.01 and 0.02.
    #expect(try title("test-time").contains("baseline: +1.5 points"))
    #expect(try title("stopping").contains("early_stopping 3: 0.42"))
    #expect(try title("stopping").contains("(epoch 3 on average)"))
    #expect(try title("agreement").contains("baseline: 0.890 → 0.750"))
  }
}

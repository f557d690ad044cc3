import Statistics
import Testing

/// A class that predicts two questions with known outcomes.
struct ScoringTests {
  /// What the numbers measure by which over-fitting is judged.
  private static let measurands: [String: Measurand] = ["fit": .trainAccuracy, "rift": .gap]
  /// `y` rises for sure, `z` is not settled.
  private let runs: PairedRuns

  init() {
    var rows: [RunTable.Row] = []
    for seed in 0..<5 {
      let luck = 0.01 * Double(seed)
      let gap = 0.2 + 0.1 * luck
      rows.append(.ok(["a"], seed: seed, [2 * luck, 0.4, 0.995, gap]))
      rows.append(.ok(["b"], seed: seed, [1 + luck, Double(seed % 2), 0.995, gap]))
    }
    runs = PairedRuns(
      RunTable(factors: ["x"], metrics: ["y", "z", "fit", "rift"], rows: rows),
      design: Design(
        factors: [Factor(name: "x", levels: ["a", "b"])],
        metrics: ["y", "z", "fit", "rift"].map {
          Metric(name: $0, delta: 0.1, measurand: Self.measurands[$0])
        }
      )
    )
  }

  private func forecast(
    _ who: String,
    _ direction: Direction,
    metric: String = "y",
    confidence: Double? = 0.8,
    premise: Premise? = nil
  ) -> Forecast {
    Forecast(
      id: who,
      who: who,
      question: Question(factor: "x", from: "a", to: "b", metric: metric),
      direction: direction,
      belief: confidence.map { Belief(direction, confidence: $0) },
      premise: premise
    )
  }

  @Test func `right, wrong and void`() {
    let scoring = Scoring(
      [forecast("ana", .up), forecast("ben", .down), forecast("cem", .up, metric: "z")],
      runs: runs
    )
    #expect(scoring.predictions.map(\.verdict) == [.right, .wrong, .notSettled])
    #expect(scoring.predictions[2].reason == .crossesDelta)
    #expect(scoring.predictions[2].brier == nil)
    #expect(scoring.people.map(\.scored) == [1, 1, 0])
  }

  @Test func `a statement without a confidence has a verdict and no score`() {
    let scoring = Scoring([forecast("ana", .up, confidence: nil)], runs: runs)
    #expect(scoring.predictions[0].verdict == .right)
    #expect(scoring.people[0].meanBrier == nil)
    #expect(scoring.questions[0].consensus == nil)
    #expect(scoring.overconfidence == nil)
  }

  @Test func `the textbook stays outside the votes and the calibration`() throws {
    let scoring = Scoring([forecast("textbook", .up), forecast("ana", .down)], runs: runs)
    #expect(scoring.questions[0].votes == [.down: 1, .none: 0, .up: 0])
    #expect(scoring.calibration.map(\.count).reduce(0, +) == 1)
    #expect(try #require(scoring.people[1].versusTextbook) < 0)
    #expect(scoring.people[0].versusTextbook == nil && scoring.people[1].versusPeers == nil)
  }

  @Test func `peers are compared on the questions that they share`() throws {
    let scoring = Scoring([forecast("ana", .up), forecast("ben", .down)], runs: runs)
    let ana = try #require(scoring.people[0].versusPeers)
    let ben = try #require(scoring.people[1].versusPeers)
    #expect(ana > 0 && abs(ana + ben) < 1e-15)
  }

  @Test func `a crowd is no worse than its average member`() throws {
    let scoring = Scoring(
      [forecast("ana", .up), forecast("ben", .down), forecast("cem", .none)],
      runs: runs
    )
    #expect(try #require(scoring.questions[0].diversity) > 0)
    let agreed = Scoring([forecast("ana", .up), forecast("ben", .up)], runs: runs)
    #expect(abs(try #require(agreed.questions[0].diversity)) < 1e-15)
  }

  @Test func `the most surprising question comes first and unsettled ones are left out`() {
    let scoring = Scoring(
      [
        forecast("ana", .none, metric: "rift"), forecast("ana", .down), forecast("ben", .down),
        forecast("ben", .up, metric: "z"),
      ],
      runs: runs
    )
    #expect(scoring.mostSurprising.map(\.question.metric) == ["y", "rift"])
  }

  @Test func `a vote is split below 70 per cent`() {
    func split(_ up: Int, _ down: Int) -> Bool {
      let forecasts =
        (0..<up).map { forecast("u\($0)", .up) } + (0..<down).map { forecast("d\($0)", .down) }
      return !Scoring(forecasts, runs: runs).splitVotes.isEmpty
    }
    #expect(split(6, 4))
    #expect(!split(7, 3))
    #expect(!split(1, 0))
  }

  @Test func `a premise that fails voids the textbook's prediction alone`() {
    let met = Scoring([forecast("textbook", .up, premise: .overfit)], runs: runs)
    #expect(met.predictions[0].verdict == .right)
    var rows: [RunTable.Row] = []
    for seed in 0..<3 {
      let luck = 0.01 * Double(seed)
      rows.append(.ok(["a"], seed: seed, [0, 0.7, 0.2 + luck]))
      rows.append(.ok(["b"], seed: seed, [1 + luck, 0.7, 0.2 + luck]))
    }
    let metrics = ["y", "fit", "rift"]
    let underfit = PairedRuns(
      RunTable(factors: ["x"], metrics: metrics, rows: rows),
      design: Design(
        factors: runs.design.factors,
        metrics: metrics.map { Metric(name: $0, delta: 0.1, measurand: Self.measurands[$0]) }
      )
    )
    let scoring = Scoring(
      [forecast("textbook", .up, premise: .overfit), forecast("ana", .up)],
      runs: underfit
    )
    #expect(scoring.predictions.map(\.verdict) == [.premiseNotMet, .right])
    #expect(scoring.predictions[0].brier == nil)
    #expect(scoring.people[1].versusTextbook == nil)
  }

  @Test func `nobody's predictions are an empty scoring`() {
    let scoring = Scoring([], runs: runs)
    #expect(scoring.questions.isEmpty && scoring.people.isEmpty && scoring.overconfidence == nil)
    #expect(scoring.calibration.count == 4)
  }

  @Test(
    arguments: [(ContrastStatus.noPairs, OpenReason.noPairs), (.singleSeed, .singleSeed)])
  func `an open question has a reason`(status: ContrastStatus, reason: OpenReason) {
    let rows =
      status == .noPairs
      ? []
      : ["a", "b"].map {
        RunTable.Row(status: "ok", levels: [$0], seed: 0, values: [1, 1, 1, 1])
      }
    let few = PairedRuns(
      RunTable(factors: ["x"], metrics: runs.design.metrics.map(\.name), rows: rows),
      design: runs.design
    )
    #expect(Scoring([forecast("ana", .up)], runs: few).predictions[0].reason == reason)
  }
}

import Statistics
import Sweeps

/// The predictions of a class and of the textbook, scored against what the runs say.
struct Forecasts {
  /// The first round with the textbook, the one that is scored.
  let scoring: Scoring
  /// The second round, after the discussion, shown beside it.
  let afterDiscussion: Scoring

  init?(_ evidence: Evidence) {
    let links = evidence.predictions?.eligible ?? []
    guard !links.isEmpty || !evidence.spec.textbook.isEmpty else { return nil }
    let runs = PairedRuns(evidence.premiseTable, design: evidence.premiseDesign)
    func forecasts(round: Int) -> [Forecast] {
      links.filter { $0.prediction.round == round }.map { Forecast($0.prediction, line: $0.line) }
    }
    scoring = Scoring(evidence.spec.textbook.map(Forecast.init) + forecasts(round: 1), runs: runs)
    afterDiscussion = Scoring(forecasts(round: 2), runs: runs)
  }
}

extension Evidence {
  /// What the premise of a textbook's prediction is judged by, beside the metrics of the analysis.
  private static let premiseMeasurands: [Measurand] = [.trainAccuracy, .gap]

  fileprivate var premiseDesign: Design {
    let design = design
    let more = Self.premiseMeasurands.filter { measurand in
      !design.metrics.contains { $0.measurand == measurand }
    }
    return Design(
      alpha: design.alpha,
      minimumCoverage: design.minimumCoverage,
      factors: design.factors,
      metrics: design.metrics
        + more.compactMap { measurand in
          spec.vocabulary.name(of: measurand).map { spec.metric(named: $0) }
        },
      questions: design.questions,
      seeds: design.seeds
    )
  }

  fileprivate var premiseTable: RunTable { table(of: premiseDesign.metrics.map(\.name)) }
}

extension Forecast {
  /// A sealed prediction, named by its line in the chain.
  fileprivate init(_ prediction: Prediction, line: Int) {
    self.init(
      id: Self.id(line: line),
      who: prediction.who,
      question: prediction.asked.question,
      direction: prediction.direction,
      belief: prediction.confidencePercent.map {
        Belief(prediction.direction, confidence: Double($0) / 100)
      }
    )
  }

  /// What a prediction is called among the scored ones.
  static func id(line: Int) -> String { "line \(line)" }

  /// What the textbook says, as a forecaster with a fixed confidence.
  fileprivate init(_ textbook: TextbookForecast) {
    self.init(
      id: Scoring.textbook,
      who: Scoring.textbook,
      question: textbook.asked.question,
      direction: textbook.direction,
      belief: Belief(textbook.direction, confidence: Double(textbook.confidencePercent) / 100),
      premise: textbook.premise
    )
  }
}

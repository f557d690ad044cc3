import Statistics
import Sweeps

extension NearCells {
  /// What only sweeps of certain settings have to show: stopping early, agreement with a linear model, thresholds,
  /// averaging over draws.
  ///
  /// - Parameters:
  ///   - metrics: Those of the analysis.
  ///   - sampleSize: How many images of a set a point of the curves is measured on; nil for all of them.
  /// - Returns: Those that the runs have something to show for.
  func networkFigures(_ metrics: [Metric], sampleSize: Int?) -> [Figure] {
    let accuracy = spec.metric(named: spec.vocabulary.name(of: .accuracy) ?? "")
    let asksForAgreement = metrics.contains { $0.measurand == .linearAgreement }
    let figures = [
      Stopping(near: self, sampleSize: sampleSize).figure,
      asksForAgreement ? Agreement(near: self, sampleSize: sampleSize).figure : nil,
      Thresholds(near: self, metric: accuracy).figure,
      TestTimeGain(near: self, metric: accuracy).figure,
    ]
    return figures.compactMap(\.self)
  }
}

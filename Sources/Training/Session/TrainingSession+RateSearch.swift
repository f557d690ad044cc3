extension TrainingSession {
  /// Trains with a rate that grows from step to step, to see where learning is fast and where it breaks.
  ///
  /// - Parameter report: Receives each rate and the smoothed loss at it.
  /// - Throws: What `report` throws.
  package func findLearningRate(report: (_ rate: Double, _ loss: Double) throws -> Void) throws {
    guard settings.tuning.makesSteps else {
      throw TrainingError.contradiction(
        "Tuning '\(settings.tuning.rawValue)' makes no steps, so that it has no learning rate to find."
      )
    }
    let range = LearningRateRange()
    var smoothed = RunningLoss()
    var best = Double.infinity
    var epoch = 0
    var waiting: [ArraySlice<Int>] = []
    beginPhase(of: 1)
    for step in 0..<range.steps {
      if waiting.isEmpty {
        epoch += 1
        waiting = batches(of: epoch).reversed()
      }
      guard let batch = waiting.popLast() else { return }
      let rate = range.rate(step: step)
      smoothed.add(trainBatch(batch, epoch: epoch, rate: rate))
      guard let loss = smoothed.value, loss.isFinite else { return }
      try report(rate, loss)
      best = min(best, loss)
      if loss > range.stopsAt * best { return }
    }
  }
}

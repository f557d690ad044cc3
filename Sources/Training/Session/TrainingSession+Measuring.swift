import Statistics

extension TrainingSession {
  func results(sampled: Bool) -> Results {
    Results(
      training: evaluation(wholeTraining, sampled: sampled),
      validation: evaluation(validation, sampled: sampled)
    )
  }

  private func evaluation(_ examples: Examples, sampled: Bool) -> Evaluation {
    let positions =
      sampled
      ? examples.fixedSample(of: TrainerMetrics.curveSize) : Array(examples.setIndices.indices)
    let outputs = outputs(of: examples, at: positions)
    var evaluation = objective.evaluation(outputs, of: examples, at: positions)
    if let companion, examples === validation {
      evaluation.details.append(
        MetricValue(
          TrainerMetrics.linearAgreement,
          companion.agreement(with: outputs, on: examples, at: positions)
        )
      )
    }
    return evaluation
  }

  var heldOutLoss: Double {
    evaluation(heldOut, sampled: false).loss
  }

  /// A point of the curves.
  func curveMetrics(_ results: Results) -> [MetricValue] {
    [
      runningLoss.value.map { MetricValue(TrainerMetrics.runningLoss, $0) },
      MetricValue(TrainerMetrics.curveTrainLoss, results.training.loss),
      MetricValue(TrainerMetrics.curveValidLoss, results.validation.loss),
      results.validation.accuracy.map { MetricValue(TrainerMetrics.curveAccuracy, $0) },
      results.validation.details.first { $0.name == TrainerMetrics.linearAgreement.name },
    ].compactMap { $0 }
  }

  /// What is measured only where it was asked for.
  var extraMetrics: [MetricValue] {
    var metrics: [MetricValue] = []
    if settings.testTimeDraws > 0 {
      let draws = TestTimeAugmentation(draws: settings.testTimeDraws)
      let accuracy = draws.accuracy(of: network, on: validation, objective: objective) { draw in
        change(purpose: "tta", key: draw)
      }
      metrics.append(MetricValue(TrainerMetrics.augmentedAccuracy, accuracy))
    }
    if let test = objective.dataset.test {
      let examples = Examples(
        test,
        setIndices: Array(0..<test.count),
        normalization: normalization
      )
      let measured = evaluation(examples, sampled: false)
      metrics.append(MetricValue(TrainerMetrics.testLoss, measured.loss))
      if let accuracy = measured.accuracy {
        metrics.append(MetricValue(TrainerMetrics.testAccuracy, accuracy))
      }
    }
    return metrics
  }

  /// What only the run itself knows.
  var ownMetrics: [MetricValue] {
    var metrics: [MetricValue] = []
    if let loss = runningLoss.value {
      metrics.append(MetricValue(TrainerMetrics.runningLoss, loss))
    }
    if let initialLoss { metrics.append(MetricValue(TrainerMetrics.initialLoss, initialLoss)) }
    if cache != nil {
      var shared = training.sharedRows + validation.sharedRows + heldOut.sharedRows
      if wholeTraining !== training { shared += wholeTraining.sharedRows }
      metrics.append(MetricValue(TrainerMetrics.sharedFeatures, Double(shared)))
      metrics.append(
        MetricValue(TrainerMetrics.sharedImages, Double(objective.dataset.sharedCount))
      )
    }
    if let epoch = stopping?.bestEpoch {
      metrics.append(MetricValue(TrainerMetrics.bestEpoch, Double(epoch)))
      metrics.append(MetricValue(TrainerMetrics.stoppedPhase, Double(stoppedPhase)))
    }
    if let listing = objective.dataset.pictures {
      metrics.append(MetricValue(TrainerMetrics.leftOutFiles, Double(listing.leftOut.count)))
    }
    return metrics + [
      MetricValue(TrainerMetrics.weightNorm, network.parameters.weightNorm),
      MetricValue(TrainerMetrics.shrink, learner.shrink),
      MetricValue(
        TrainerMetrics.parametersTrained,
        Double(learner.learning.map(\.parameter).realCount)
      ),
      MetricValue(TrainerMetrics.parametersTotal, Double(network.parameters.all.realCount)),
    ]
  }
}

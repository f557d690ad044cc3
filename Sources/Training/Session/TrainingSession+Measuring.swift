extension TrainingSession {
  /// Examples of each set that a point of the curves is measured on.
  private static let curveSize = 300

  func results(sampled: Bool) -> Results {
    Results(
      training: evaluation(training, sampled: sampled),
      validation: evaluation(validation, sampled: sampled)
    )
  }

  private func evaluation(_ examples: Examples, sampled: Bool) -> Evaluation {
    let positions =
      sampled ? examples.fixedSample(of: Self.curveSize) : Array(examples.places.indices)
    let outputs = examples.outputs(at: positions, of: network)
    var evaluation = objective.evaluation(outputs, of: examples, at: positions)
    if let companion, examples === validation {
      evaluation.details.append(
        Metric(
          "linear_agreement",
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
  func curveMetrics(_ results: Results) -> [Metric] {
    [
      runningLoss.value.map { Metric("running_loss", $0) },
      Metric("curve_train_loss", results.training.loss),
      Metric("curve_valid_loss", results.validation.loss),
      results.validation.accuracy.map { Metric("curve_accuracy", $0) },
      results.validation.details.first { $0.name == "linear_agreement" },
    ].compactMap { $0 }
  }

  /// What is measured only where it was asked for.
  var extraMetrics: [Metric] {
    var metrics: [Metric] = []
    if settings.testTimeDraws > 0 {
      let draws = TestTimeAugmentation(draws: settings.testTimeDraws)
      let accuracy = draws.accuracy(of: network, on: validation, objective: objective) { draw in
        change(purpose: "tta", key: draw)
      }
      metrics.append(Metric("accuracy_tta", accuracy))
    }
    if let test = objective.dataset.test {
      let examples = Examples(
        test,
        places: Array(0..<test.count),
        normalization: normalization
      )
      let measured = evaluation(examples, sampled: false)
      metrics.append(Metric("test_loss", measured.loss))
      if let accuracy = measured.accuracy { metrics.append(Metric("test_accuracy", accuracy)) }
    }
    return metrics
  }

  /// What only the run itself knows.
  var ownMetrics: [Metric] {
    var metrics: [Metric] = []
    if let loss = runningLoss.value { metrics.append(Metric("running_loss", loss)) }
    if let initialLoss { metrics.append(Metric("initial_loss", initialLoss)) }
    if cache != nil {
      let shared = training.sharedRows + validation.sharedRows + heldOut.sharedRows
      metrics.append(Metric("shared_features", Double(shared)))
      metrics.append(Metric("shared_images", Double(objective.dataset.sharedCount)))
    }
    if let epoch = stopping?.bestEpoch { metrics.append(Metric("best_epoch", Double(epoch))) }
    return metrics + [
      Metric("weight_norm", network.parameters.weightNorm),
      Metric("shrink", learner.shrink),
      Metric("parameters_trained", Double(network.parameters.realCount(in: learner.groups))),
      Metric("parameters_total", Double(network.parameters.realCount())),
    ]
  }
}

import Foundation
import Notation
import Statistics
import Sweeps
import Training

/// Does the baseline learn as it should?
extension SetUp {
  var divergence: [Finding] {
    guard let reason = whole.divergence else { return [] }
    return [.divergence(reason, of: "The baseline")]
  }

  var unmeasuredMetrics: [Finding] {
    guard whole.divergence == nil else { return [] }
    return spec.metrics.filter { whole.metrics[$0.name] == nil }.map { .unmeasured($0.name) }
  }

  var initialLoss: [Finding] {
    guard case .classes(let names) = dataset.labelling,
      let loss = whole.metrics[TrainerMetrics.initialLoss.name]
    else { return [] }
    return [Finding.initialLoss(loss, logClasses: log(Double(names.count)))].compactMap(\.self)
  }

  /// What regularizes, switched off.
  private static let unregularized: JSONObject = [
    "augmentation": "none", "dropout": 0, "weight_decay": 0,
    "label_smoothing": 0, "mixup_alpha": 0, "label_noise": 0,
    "early_stopping": "none", "gradient_clip": "none",
  ]

  func smallBatch() throws -> [Finding] {
    guard case .classes(let names) = dataset.labelling else { return [] }
    // Folders of people's own pictures may hold fewer.
    let images = min(max(16, names.count), dataset.train.count)
    var changes = SetUp.unregularized
    changes["train_size"] = JSON(images)
    changes["batch_size"] = JSON(images)
    changes["epochs"] = 150
    let trial = try trial(settings, changing: changes)
    let loss = trial.metrics[TrainerMetrics.trainLoss.name] ?? .infinity
    return [Finding.smallBatch(trainLoss: loss, images: images)].compactMap(\.self)
  }

  var premise: [Finding] {
    guard let accuracy = whole.metrics[TrainerMetrics.trainAccuracy.name],
      let gap = whole.metrics[TrainerMetrics.gap.name]
    else {
      return []
    }
    let isAsked = spec.textbook.contains { $0.premise == .overfit }
    return [Finding.premise(trainAccuracy: accuracy, gap: gap, isAsked: isAsked)]
      .compactMap(\.self)
  }

  var headroom: [Finding] {
    spec.metrics.compactMap { metric in
      whole.metrics[metric.name].flatMap { Finding.headroom(metric, baseline: $0) }
    }
  }

  func learningRate() throws -> [Finding] {
    let rate = number("learning_rate")
    guard let loss = whole.metrics[TrainerMetrics.trainLoss.name] else { return [] }
    let others = try [rate / 10, rate * 10].compactMap { other in
      let trial = try trial(
        settings,
        changing: ["learning_rate": JSON(other)]
      )
      return trial.metrics[TrainerMetrics.trainLoss.name].map { (rate: other, loss: $0) }
    }
    return [Finding.learningRate(rate, loss: loss, others: others)].compactMap(\.self)
  }

  func shrink() throws -> [Finding] {
    let decay = try TrainingSettings(settings, in: spec.directory).constants.decay
    guard decay == .decoupled else { return [] }
    var levels = [settings]
    for axis in grid.axes.indices where grid.axes[axis].settings.contains("weight_decay") {
      levels += grid.axes[axis].levels.indices.dropFirst().map { settings(axis: axis, level: $0) }
    }
    return try levels.compactMap { level in
      guard let decay = level["weight_decay"], decay.double ?? 0 > 0 else { return nil }
      // All else being equal the sum grows with the number of epochs.
      let trial = try trial(level, changing: SetUp.brief(level))
      let epochs = level["epochs"]?.double ?? number("epochs")
      let share = epochs / min(epochs, Double(SetUp.fewEpochs))
      return Finding.shrink(
        level: decay.levelText,
        total: (trial.metrics[TrainerMetrics.shrink.name] ?? 0) * share
      )
    }
  }
}

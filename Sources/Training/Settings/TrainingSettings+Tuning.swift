import Notation

extension TrainingSettings {
  /// What a way of tuning or a head cannot go with, `nil` where it goes with all that is set.
  var tuningContradiction: String? {
    if head == .file {
      guard case .file = body else {
        return "Head 'file' comes with a body from a file; set 'body' to a file of a whole network."
      }
      if dropout > 0 {
        return "Head 'file' brings its own dropout; leave 'dropout' out."
      }
    }
    if head == .fastai, model != .cnn {
      return "Head 'fastai' pools what a body makes of images; take model 'cnn'."
    }
    if head == .fastai, batchSize == 1 {
      return
        "Head 'fastai' normalizes by the batch, and a 'batch_size' of 1 has no spread; take at least 2."
    }
    if tuning == .biases, bodyNorm != .byTuning || bodyRateMultiplier == 0 {
      return
        "Tuning 'bitfit' trains biases and the shifts of norms; leave 'body_norm' at 'by_tuning' and 'body_lr_mult' "
        + "above 0."
    }
    if layerDecay != 1, tuning == .fineTune || tuning == .head || !tuning.makesSteps {
      return
        "Setting 'layer_decay' is about the rates of a body that learns, and tuning '\(tuning.rawValue)' "
        + (tuning == .fineTune ? "has rates of its own." : "leaves it as it is.")
    }
    return tuning.makesSteps ? nil : contradictionWithoutSteps
  }

  private var contradictionWithoutSteps: String? {
    if tuning == .ridge, model == .cnn, head != .linear {
      return "Tuning 'ridge' solves for a single dense layer; set 'head' to 'linear'."
    }
    if bodyNorm == .trained {
      return "Tuning '\(tuning.rawValue)' makes no steps, so that 'body_norm' cannot be 'trained'."
    }
    let idle: [(name: String, isSet: Bool)] = [
      ("augmentation", !augmentation.augmentations.isEmpty && testTimeDraws == 0),
      ("tta", testTimeDraws > 0 && tuning == .neighbours), ("mixup_alpha", mixupAlpha > 0),
      ("cutmix_alpha", cutMixAlpha > 0), ("label_smoothing", labelSmoothing > 0),
      ("dropout", dropout > 0), ("ema", averageDecay > 0), ("early_stopping", patience != nil),
      ("y_range", range != nil && tuning != .untrained),
    ]
    return idle.first(where: \.isSet).map { setting in
      "Tuning '\(tuning.rawValue)' makes no steps, so that '\(setting.name)' would change nothing; leave it out."
    }
  }

  /// What learning at two sizes cannot go with.
  var sizeContradiction: String? {
    guard let firstSize else { return nil }
    guard case .pictures(let source) = dataset else {
      return
        "Setting 'first_size' scales photographs; dataset '\(dataset.name)' is no folder of them."
    }
    if firstSize >= source.side {
      return
        "Setting 'first_size' is \(firstSize), but must be below the data set's 'size' of \(source.side)."
    }
    if model != .cnn {
      return
        "Setting 'first_size' needs a network that pools pictures of any size; take model 'cnn'."
    }
    if ![.full, .head, .biases].contains(tuning) {
      return
        "Setting 'first_size' divides the epochs of tuning 'full', 'head' or 'bitfit', not of '\(tuning.rawValue)'."
    }
    if epochs < 2 {
      return "Setting 'first_size' makes two phases, so 'epochs' must be at least 2."
    }
    if averageDecay > 0 {
      return "Setting 'ema' averages weights of one network; with 'first_size' set it to 0."
    }
    return nil
  }
}

package import Notation

/// The settings of one training run, checked: what `sweep train` is told.
package struct TrainingSettings: Sendable, Equatable {
  package var dataset: DatasetSource
  /// Examples in the training set, `nil` for all.
  package var trainSize: Int?
  /// The seed that chooses the training subset and the label noise, `nil` for the run's own.
  package var splitSeed: Int?
  /// What is to be learned, `nil` for what the data are made for.
  package var task: Task?
  /// The range that a predicted number is bent into, `nil` for any number.
  package var range: ClosedRange<Double>?
  package var model: Model
  package var width: Int
  package var depth: Int
  /// What hidden layers end in.
  package var activation: ActivationFunction
  package var hasBatchNorm: Bool
  package var body: BodySource
  package var head: HeadKind
  package var tuning: Tuning
  /// The body's learning rate as a share of the head's.
  package var bodyRateMultiplier: Double
  /// The rate of a stage of the body as a share of the next one's.
  package var layerDecay: Double
  /// λ of the ridge regression.
  package var ridgePenalty: Double
  /// How many training examples answer in place of a head.
  package var neighbours: Int
  /// Pixels a side of the pictures in the first phase, `nil` where there is one size.
  package var firstSize: Int?
  /// The share of the epochs that are in that phase.
  package var firstShare: Double
  /// The second phase's rate as a share of the first's, where the head is trained first.
  package var secondRate: Double
  package var bodyNorm: BodyNorm
  package var augmentation: AugmentationStrengths
  /// Probability that an image is changed at all.
  package var augmentationShare: Double
  package var border: PictureBorder
  package var mixupAlpha: Double
  package var cutMixAlpha: Double
  package var labelSmoothing: Double
  package var labelNoise: Double
  /// Probability of the head's last dropout.
  package var dropout: Double
  package var optimizer: String
  package var constants: OptimizerConstants
  /// How much lower the momentum is where the rate is highest.
  package var momentumCycle: Double
  /// The share of the past in the moving average of the weights, 0 for none.
  package var averageDecay: Double
  package var learningRate: Double
  package var schedule: Schedule
  /// Epochs over which the rate climbs from 0.
  package var warmUpEpochs: Double
  package var epochs: Int
  package var batchSize: Int
  /// The longest gradient, `nil` for any.
  package var gradientClip: Double?
  /// Epochs without improvement after which a run stops, `nil` for never.
  package var patience: Int?
  /// Epochs between points of the learning curves, 0 for none.
  package var evaluateEvery: Int
  /// Augmented draws of each validation image, 0 for none.
  package var testTimeDraws: Int
  package var measuresTest: Bool
}

extension TrainingSettings {
  /// Reads settings; those left out take their defaults.
  ///
  /// - Parameters:
  ///   - values: What a person wrote.
  ///   - folder: What paths in them are relative to; the working directory where it is empty.
  /// - Throws: `TrainingError` for the first unknown name (in alphabetical order), value of a wrong kind
  ///   or out of bounds, or pair of settings that contradict each other.
  package init(_ values: JSONObject, in folder: String = "") throws {
    let given = try GivenSettings(values, table: Self.table, folder: folder)
    dataset = try DatasetSource(given["dataset"])
    trainSize = given["train_size"].integer
    splitSeed = given["split_seed"].integer
    task = given["task"].string.flatMap(Task.init(rawValue:))
    range = given.range("y_range")
    model = given.choice("model")
    width = given.integer("width")
    depth = given.integer("depth")
    activation = given.choice("activation")
    hasBatchNorm = given.boolean("batch_norm")
    body = BodySource(given["body"])
    head = given.choice("head")
    tuning = given.choice("tuning")
    bodyRateMultiplier = given.number("body_lr_mult")
    layerDecay = given.number("layer_decay")
    ridgePenalty = given.number("ridge_penalty")
    neighbours = given.integer("neighbours")
    firstSize = given["first_size"].integer
    firstShare = given.number("first_share")
    secondRate = given.number("second_rate")
    bodyNorm = given.choice("body_norm")
    augmentation = AugmentationStrengths(given["augmentation"])
    augmentationShare = given.number("augmentation_share")
    border = given.choice("augmentation_border")
    mixupAlpha = given.number("mixup_alpha")
    cutMixAlpha = given.number("cutmix_alpha")
    labelSmoothing = given.number("label_smoothing")
    labelNoise = given.number("label_noise")
    dropout = given.number("dropout")
    optimizer = given["optimizer"].string ?? AdamW.name
    let decay: Decay = given.choice("decay")
    constants = OptimizerConstants(
      momentum: given.number("momentum"),
      weightDecay: given.number("weight_decay"),
      decay: decay.resolved(for: optimizer)
    )
    constants.beta2 = given["beta2"].double
    constants.epsilon = given.number("epsilon")
    constants.looksAhead = given.boolean("nesterov")
    momentumCycle = given.number("momentum_cycle")
    averageDecay = given.number("ema")
    learningRate = given.number("learning_rate")
    schedule = Schedule.named.first { $0.name == given["schedule"].string }?.schedule ?? .oneCycle
    warmUpEpochs = given.number("warmup")
    epochs = given.integer("epochs")
    batchSize = given.integer("batch_size")
    gradientClip = given["gradient_clip"].double
    patience = given["early_stopping"].integer
    evaluateEvery = given.integer("evaluate_every")
    testTimeDraws = given.integer("tta")
    measuresTest = given.boolean("test")
    if let contradiction = contradiction ?? tuningContradiction ?? sizeContradiction {
      throw TrainingError.contradiction(contradiction)
    }
  }

  /// What is wrong with settings that are each right but not together, `nil` where nothing is.
  private var contradiction: String? {
    if let range, range.lowerBound >= range.upperBound {
      return "Setting 'y_range' goes from \(JSONNumber.shortest(range.lowerBound)) to "
        + "\(JSONNumber.shortest(range.upperBound)); 'low' must be below 'high'."
    }
    if optimizer == AdamW.name, constants.decay == .l2 {
      return "Optimizer 'adamw' is Adam with decoupled decay; for decay 'l2' take optimizer 'adam'."
    }
    if let contradiction = optimizerContradiction { return contradiction }
    if mixupAlpha > 0, cutMixAlpha > 0 {
      return
        "Settings 'mixup_alpha' and 'cutmix_alpha' both blend the images of a batch; set one of them to 0."
    }
    if model == .cnn, dataset == .bundled(.curve) {
      return
        "Model 'cnn' needs images, but dataset 'curve' has one number; take model 'mlp' or 'linear'."
    }
    if batchSize == 1, hasBatchNorm, model != .linear,
      phases.contains(where: { !$0.normsAreFrozen })
    {
      return "A 'batch_size' of 1 has no spread to normalize by; take at least 2, or set "
        + "'batch_norm' to false."
    }
    if case .named(let body) = body, let fault = faultOfModel(with: body.rawValue) { return fault }
    if model == .linear, body != .none || tuning != .full {
      return
        "Model 'linear' has no body to load or freeze; leave 'body' at 'none' and 'tuning' at 'full'."
    }
    if tuning == .headThenFull || tuning == .fineTune, epochs < 2 {
      return "Tuning '\(tuning.rawValue)' has two phases, so 'epochs' must be at least 2."
    }
    if testTimeDraws > 0, augmentation.augmentations.isEmpty {
      return "Setting 'tta' averages augmented draws, but 'augmentation' is 'none'."
    }
    return nil
  }

  /// What keeps a body with layers of its own from going with the settings, `nil` where nothing does.
  func faultOfModel(with body: String) -> String? {
    if model != .cnn {
      return
        "Body '\(body)' brings its own layers, which take the place of a 'cnn'; leave 'model' out."
    }
    let shaping = ["width", "depth", "batch_norm"].filter { name in
      let standard = Self.table.first { $0.name == name }?.defaultValue
      let own: JSON =
        switch name {
        case "width": .number(JSONNumber(width))
        case "depth": .number(JSONNumber(depth))
        default: .boolean(hasBatchNorm)
        }
      return own != standard
    }
    return shaping.first.map {
      "Body '\(body)' brings its own layers, which setting '\($0)' does not shape; leave it out."
    }
  }

  /// What an optimizer has not got.
  private var optimizerContradiction: String? {
    if constants.looksAhead, optimizer != SGD.name || constants.momentum == 0 {
      return
        "Setting 'nesterov' is about the velocity of optimizer 'sgd', with a 'momentum' above 0."
    }
    if constants.beta2 != nil, optimizer == SGD.name {
      return "Setting 'beta2' is about running squares and means, and optimizer 'sgd' has none."
    }
    if momentumCycle > 0, tuning != .fineTune, schedule != .oneCycle {
      return
        "Setting 'momentum_cycle' follows the rate of schedule 'one_cycle'; take that schedule."
    }
    if momentumCycle > constants.momentum {
      return
        "Setting 'momentum_cycle' is \(JSONNumber.shortest(momentumCycle)), more than 'momentum'."
    }
    return nil
  }

  /// Whether the learning curves have a point after an epoch; the first one shows where they come from.
  func hasPoint(after epoch: Int) -> Bool {
    evaluateEvery > 0 && (epoch == 1 || epoch % evaluateEvery == 0)
  }

  /// What is wrong with settings on this data set, `nil` where nothing is.
  package func contradiction(with dataset: Dataset) -> String? {
    let task = task ?? dataset.ownTask
    if !dataset.serves(task) {
      return
        "Task '\(task.rawValue)' cannot be learned from dataset '\(dataset.name)'; its labels are for "
        + "task '\(dataset.ownTask.rawValue)'."
    }
    if task != .regression, range != nil {
      return "Setting 'y_range' bends predicted numbers, but task '\(task.rawValue)' predicts none."
    }
    if task == .regression, labelSmoothing > 0 || labelNoise > 0 {
      return
        "Settings 'label_smoothing' and 'label_noise' are about classes, not task 'regression'."
    }
    if task == .regression, testTimeDraws > 0 {
      return "Setting 'tta' averages probabilities, but task 'regression' has none."
    }
    if !dataset.train.isOfImages, !augmentation.augmentations.isEmpty {
      return "Setting 'augmentation' changes images, but dataset '\(dataset.name)' has none."
    }
    if !dataset.train.isOfImages, cutMixAlpha > 0 {
      return "Setting 'cutmix_alpha' cuts images, but dataset '\(dataset.name)' has none."
    }
    if measuresTest, dataset.test == nil {
      return "Setting 'test' is true, but dataset '\(dataset.name)' has no test set."
    }
    return nil
  }
}

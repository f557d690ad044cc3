import Statistics

/// One training run in progress: data, network and what is counted on the way.
package final class TrainingSession {
  let settings: TrainingSettings
  let seed: Int
  let objective: Objective
  let normalization: Normalization
  let training: Examples
  /// What is measured of the training set: all of its examples that the run may use, with their true labels, whether
  /// they are learned from or held out.
  let wholeTraining: Examples
  package let validation: Examples
  /// What early stopping watches, a fifth of the training set; empty without it.
  let heldOut: Examples
  let learner: Learner
  let companion: LinearCompanion?
  let augmentations: [any Augmentation]
  let cache: SharedFolder?
  let mixup: Mixup?
  /// What blends the images of a batch, `nil` where nothing does.
  let blend: (any BatchBlend)?
  /// The network as it was built.
  let description: NetworkDescription
  /// The network that is measured; where smaller pictures are learned first, another one learns beside it.
  package let network: Network
  let small: SmallerPictures?
  /// What answers in place of the head, `nil` where the head does.
  var voters: NearestNeighbours?

  lazy var average = WeightAverage(decay: settings.averageDecay, of: network)
  var stopping: EarlyStopping?
  /// The phase that patience ended last, counted from 1; 0 where it ended none.
  var stoppedPhase = 0
  var runningLoss = RunningLoss()
  var initialLoss: Double?

  /// Loads data and weights and builds the network.
  ///
  /// - Throws: `TrainingError` where they cannot be used as the settings say.
  package init(_ settings: TrainingSettings, seed: Int, cache: String? = nil) throws {
    self.cache = cache.map(SharedFolder.init)
    self.settings = settings
    self.seed = seed
    let dataset = try Self.dataset(settings, cache: self.cache)
    objective = Objective(settings, dataset: dataset)
    let splitSeed = settings.splitSeed ?? seed
    let indices = try dataset.trainingIndices(settings.trainSize, seed: splitSeed)
    let body = try Body.load(settings.body, withHead: settings.head == .file)
    let normalization =
      try body?.normalization(channels: dataset.train.channels)
      ?? Normalization(of: dataset.train, at: indices)
    self.normalization = normalization
    let split = Self.split(indices, of: dataset.train, settings: settings, seed: splitSeed)
    func examples(_ indices: [Int]) -> Examples {
      Self.examples(of: dataset, at: indices, settings, normalization, seed: splitSeed)
    }
    training = examples(split.training)
    heldOut = examples(split.heldOut)
    wholeTraining =
      split.heldOut.isEmpty && settings.labelNoise == 0
      ? training
      : Examples(dataset.train, setIndices: indices, normalization: normalization)
    validation = Examples(
      dataset.valid,
      setIndices: Array(0..<dataset.valid.count),
      normalization: normalization
    )
    var plan = Self.plan(settings, objective: objective)
    plan.headOfFile = body?.head ?? []
    description = settings.model.description(plan, body: body?.layers)
    try Self.check(description, of: body, settings, outputs: plan.outputs)
    let capacity = max(settings.batchSize, Examples.mostAtOnce)
    network = Network(description, capacity: capacity, seed: seed)
    try body?.copy(into: network)
    small = try SmallerPictures(
      settings,
      of: training,
      beside: network,
      description,
      seed: seed,
      cache: self.cache
    )
    learner = Learner(network, loss: objective.loss, settings: settings)
    companion = Self.companion(plan, settings, objective, capacity: capacity, seed: seed)
    augmentations = settings.augmentation.augmentations
    mixup = Mixup(alpha: settings.mixupAlpha, seed: seed)
    blend = mixup ?? CutMix(alpha: settings.cutMixAlpha, seed: seed)
    stopping = EarlyStopping(patience: settings.patience)
  }

  /// Training examples with the labels that they are learned with.
  private static func examples(
    of dataset: Dataset,
    at indices: [Int],
    _ settings: TrainingSettings,
    _ normalization: Normalization,
    seed: Int
  ) -> Examples {
    Examples(
      dataset.train,
      setIndices: indices,
      labels: LabelNoise.applied(
        to: indices.map { dataset.train.labels[$0] },
        at: indices,
        share: settings.labelNoise,
        classes: dataset.labelCount,
        seed: seed
      ),
      normalization: normalization
    )
  }

  /// A linear model that is trained beside the network, to be compared with along the learning curves; `nil` where there
  /// are none, or where the two would not see the same.
  private static func companion(
    _ plan: Model.Plan,
    _ settings: TrainingSettings,
    _ objective: Objective,
    capacity: Int,
    seed: Int
  ) -> LinearCompanion? {
    guard objective.task == .single, settings.model != .linear, settings.evaluateEvery > 0,
      settings.tuning.makesSteps, settings.firstSize == nil
    else { return nil }
    return LinearCompanion(
      Network(Model.linear.description(plan), capacity: capacity, seed: seed),
      loss: objective.loss,
      settings: settings
    )
  }

  /// Checks that a body's own layers can be built and go with the settings.
  private static func check(
    _ description: NetworkDescription,
    of body: Body?,
    _ settings: TrainingSettings,
    outputs: Int
  ) throws {
    guard let body, let layers = body.layers else { return }
    if let fault = settings.faultOfModel(with: body.name) {
      throw TrainingError.contradiction(fault)
    }
    if let fault = description.fault {
      throw TrainingError.bodyMismatch(file: body.name, faults: [fault])
    }
    if settings.head == .fastai, !Self.endsInPooling(layers) {
      throw TrainingError.bodyMismatch(
        file: body.name,
        faults: [
          "head 'fastai' takes the place of the pooling that a body ends in, and this ends in none"
        ]
      )
    }
    if !body.head.isEmpty, description.outputs != outputs {
      throw TrainingError.bodyMismatch(
        file: body.name,
        faults: ["its head has \(description.outputs) outputs, and these data ask for \(outputs)"]
      )
    }
  }

  private static func endsInPooling(_ layers: [NetworkDescription.Node]) -> Bool {
    if case .pooling? = layers.last?.operation { true } else { false }
  }

  /// Loads the data, which must go with the settings.
  private static func dataset(
    _ settings: TrainingSettings,
    cache: SharedFolder?
  ) throws -> Dataset {
    let dataset = try Dataset.load(settings.dataset, test: settings.measuresTest, cache: cache)
    if let contradiction = settings.contradiction(with: dataset) {
      throw TrainingError.contradiction(contradiction)
    }
    return dataset
  }

  /// Holds a fifth of the training examples out where early stopping needs them.
  private static func split(
    _ indices: [Int],
    of set: ExampleSet,
    settings: TrainingSettings,
    seed: Int
  ) -> (training: [Int], heldOut: [Int]) {
    guard settings.patience != nil else { return (indices, []) }
    let chosen = Set(
      ExampleSet.stratified(
        indices.map { set.labels[$0] },
        size: indices.count / 5,
        purpose: "held out",
        seed: seed
      )
    )
    return (
      indices.indices.filter { !chosen.contains($0) }.map { indices[$0] },
      chosen.sorted().map { indices[$0] }
    )
  }

  static func plan(
    _ settings: TrainingSettings,
    objective: Objective
  ) -> Model.Plan {
    let examples = objective.dataset.train
    var plan = Model.Plan(
      rows: examples.rows,
      columns: examples.columns,
      channels: examples.channels,
      outputs: objective.outputNames.count
    )
    plan.width = settings.width
    plan.depth = settings.depth
    plan.activation = settings.activation
    plan.hasBatchNorm = settings.hasBatchNorm
    plan.headKind = settings.head
    plan.dropout = settings.dropout
    return plan
  }

  /// The body as it is.
  package var body: TensorFile { Body.file(of: network, normalization: normalization) }

  /// The whole network as it is, with its description.
  package var weights: TensorFile {
    Body.file(of: network, described: description.nodes, normalization: normalization)
  }

  /// Trains to the end, or until the loss is no number.
  ///
  /// - Parameter report: Receives the points of the curves, then the results.
  /// - Throws: What `report` throws.
  package func run(report: (TrainingEvent) throws -> Void) throws {
    let clock = ContinuousClock()
    let start = clock.now
    var first = 1
    if !settings.tuning.makesSteps { try prepareProbe() }
    for (place, phase) in settings.phases.enumerated() {
      stopping?.beginPhase()
      guard try run(first..<first + phase.epochs, phase: place + 1, report: report) else { return }
      first += phase.epochs
    }
    average?.settle()
    stopping?.restore(network)
    let results = results(sampled: false)
    guard results.isFinite else {
      try report(.diverged(epoch: lastEpoch, reason: "the measured loss is not finite"))
      return
    }
    if settings.evaluateEvery > 0, settings.tuning.makesSteps {
      try report(.point(epoch: lastEpoch, metrics: curveMetrics(results)))
    }
    let metrics = results.metrics + extraMetrics + ownMetrics
    let seconds = start.duration(to: clock.now) / .seconds(1)
    if let answers = results.validation.answers { try report(.answers(answers)) }
    if !results.validation.bins.isEmpty { try report(.reliability(results.validation.bins)) }
    try report(
      .final(
        metrics: metrics + [MetricValue(TrainerMetrics.seconds, seconds)],
        correct: results.validation.correct
      )
    )
  }

  var lastEpoch = 0

  /// Trains for the epochs of a phase, or until patience ends it, which leaves the network at its best.
  ///
  /// - Returns: Whether the run can go on.
  private func run(
    _ epochs: Range<Int>,
    phase: Int,
    report: (TrainingEvent) throws -> Void
  ) throws -> Bool {
    for epoch in epochs {
      if let reason = trainEpoch(epoch) {
        try report(.diverged(epoch: epoch, reason: reason))
        return false
      }
      if stopping != nil { measured { observe(epoch) } }
      if stopping?.isOver == true {
        stoppedPhase = phase
        stopping?.restore(network)
        return true
      }
      if settings.hasPoint(after: epoch), epoch < settings.epochs {
        let results = measured { self.results(sampled: true) }
        try report(.point(epoch: epoch, metrics: curveMetrics(results)))
      }
    }
    return true
  }

  private func observe(_ epoch: Int) {
    stopping?.observe(heldOutLoss, of: network, epoch: epoch)
  }

  /// Measures the network as it will be kept: with the average of its weights, where one is taken.
  private func measured<Value>(_ body: () -> Value) -> Value {
    average?.during(body) ?? body()
  }
}

extension TrainingSession {
  /// Makes the steps of one epoch.
  ///
  /// - Parameters:
  ///   - epoch: Counts from 1, each after the one before.
  ///   - observe: Receives the loss of each batch before its step.
  /// - Returns: Why the run cannot go on, `nil` where it can.
  package func trainEpoch(_ epoch: Int, observe: (Double) -> Void = { _ in }) -> String? {
    beginPhase(of: epoch)
    lastEpoch = epoch
    for batch in batches(of: epoch) {
      let loss = trainBatch(batch, epoch: epoch, rate: learner.rate)
      observe(loss)
      guard loss.isFinite else { return "the training loss became \(loss) in step \(learner.step)" }
    }
    if learnsSmall { network.take(learner.network) }
    return nil
  }

  /// Starts the phase whose first epoch this is.
  func beginPhase(of epoch: Int) {
    var first = 1
    for phase in settings.phases {
      if first == epoch {
        let steps = batches(of: epoch).count
        let smaller = phase.side == nil ? nil : small
        smaller?.network.take(network)
        learner.begin(phase, stepsPerEpoch: steps, on: smaller?.network ?? network)
        network.freeze(as: learner.network)
        companion?.begin(phase, stepsPerEpoch: steps)
        let frozen =
          network.bodyIsFrozen
          ? FrozenBody(network, normalization: normalization, cache: cache) : nil
        for examples in [training, wholeTraining, validation, heldOut] { examples.meet(frozen) }
        small?.training.meet(frozen)
      }
      first += phase.epochs
    }
  }

  /// The examples of an epoch in random order, batch by batch.
  ///
  /// The last batch is smaller where the sizes ask for it. A last batch of one example is left out where batch
  /// norm would have to take its statistics from that one.
  func batches(of epoch: Int) -> [ArraySlice<Int>] {
    var order = Array(training.setIndices.indices)
    var rng = SeededGenerator(purpose: "order", seed: seed, place: [epoch])
    rng.shuffle(&order)
    let batches = stride(from: 0, to: order.count, by: settings.batchSize).map { start in
      order[start..<min(start + settings.batchSize, order.count)]
    }
    let endsInOne = batches.last?.count == 1 && !network.statistics.isEmpty
    return endsInOne && batches.count > 1 ? batches.dropLast() : batches
  }

  /// Whether it is the network of smaller pictures that learns.
  private var learnsSmall: Bool { learner.network !== network }

  /// The training set as it is learned from.
  private var shown: Examples { learnsSmall ? small?.training ?? training : training }

  /// Makes one step and returns the loss before it.
  func trainBatch(_ batch: ArraySlice<Int>, epoch: Int, rate: Double) -> Double {
    var targets = objective.targets(training, at: batch)
    LabelSmoothing.apply(
      settings.labelSmoothing,
      to: &targets,
      classes: objective.outputNames.count,
      task: objective.task
    )
    let pass = Pass(count: batch.count, mode: .training(step: learner.step))
    let network = learner.network
    if blend == nil {
      shown.forward(
        batch,
        through: network,
        mode: pass.mode,
        change: change(purpose: "augmentation", key: epoch)
      )
    } else {
      load(batch, into: network, epoch: epoch, targets: &targets)
      network.forward(pass)
    }
    let loss = learner.learn(pass, targets: targets, rate: rate)
    average?.add()
    companion?.learn(targets: targets, count: batch.count) { companion in
      // A network that took the batch's features never saw its pictures.
      if blend != nil || !network.bodyIsFrozen {
        companion.input.copyValues(of: network.input, images: batch.count)
      } else {
        var unused = targets
        load(batch, into: companion, epoch: epoch, targets: &unused)
      }
    }
    initialLoss = initialLoss ?? loss
    runningLoss.add(loss)
    return loss
  }

  /// Writes a batch into a network's input, augmented and mixed.
  private func load(
    _ batch: ArraySlice<Int>,
    into network: Network,
    epoch: Int,
    targets: inout [Float]
  ) {
    shown.load(batch, into: network, change: change(purpose: "augmentation", key: epoch))
    blend?.blend(
      network.input,
      targets: &targets,
      indices: batch.map { training.setIndices[$0] },
      epoch: epoch
    )
  }

  /// The augmentation of an epoch or of a draw, `nil` where there is none.
  func change(purpose: String, key: Int) -> Examples.Change? {
    guard !augmentations.isEmpty else { return nil }
    let (share, border) = (settings.augmentationShare, settings.border)
    let draw = "\(purpose) \(seed) \(key) \(share) \(border) \(settings.augmentation)"
    return Examples.Change(draw: draw) { [augmentations, seed] picture, index in
      picture.border = border
      if share < 1 {
        var rng = SeededGenerator(purpose: "\(purpose) share", seed: seed, place: [key, index])
        guard rng.uniform() < share else { return }
      }
      for augmentation in augmentations {
        let stream = type(of: augmentation).stream(purpose)
        var rng = SeededGenerator(purpose: stream, seed: seed, place: [key, index])
        augmentation.apply(to: &picture, using: &rng)
      }
    }
  }
}

extension TrainingSession {
  /// Trains to the end, if that takes no longer than about two seconds.
  ///
  /// What is little work does not depend on a clock, so that the same settings always give the same pictures.
  ///
  /// - Returns: Whether it did: false where it is too much work, or where the training does not come to its end.
  package func trainQuickly() -> Bool {
    let shown = settings.epochs * training.setIndices.count
    let work = shown * network.parameters.all.realCount
    // A convolution uses each of its weights at every position of the image.
    let limit = settings.model == .cnn ? 1_200_000_000 : 1_000_000_000
    guard shown <= 200_000, work <= limit, settings.patience == nil, settings.tuning.makesSteps
    else { return false }
    return (1...settings.epochs).allSatisfy { trainEpoch($0) == nil }
  }

  /// A training image as an epoch shows it to the network, before it is normalized.
  ///
  /// - Parameter epoch: Counts from 1; 0 for the image as it is.
  /// - Returns: The first image of the class in the middle of all; nil where inputs are no images.
  package func trainingPicture(epoch: Int) -> Picture? {
    let classes = Set(training.labels).sorted()
    guard training.set.isOfImages, !classes.isEmpty,
      let first = training.labels.firstIndex(of: classes[classes.count / 2])
    else { return nil }
    return trainingPicture(at: training.setIndices[first], epoch: epoch)
  }

  /// One of them, by its index in the set.
  func trainingPicture(at index: Int, epoch: Int) -> Picture {
    let set = training.set
    var picture = Picture(rows: set.rows, columns: set.columns, channels: set.channels)
    set.read(index, into: &picture)
    if epoch > 0 { change(purpose: "augmentation", key: epoch)?.apply(&picture, index) }
    return picture
  }

  /// A validation image by its index in the set, `nil` where there is none, or inputs are no images.
  package func validationPicture(at index: Int) -> Picture? {
    let set = validation.set
    guard set.isOfImages, (0..<set.count).contains(index) else { return nil }
    var picture = Picture(rows: set.rows, columns: set.columns, channels: set.channels)
    set.read(index, into: &picture)
    return picture
  }

  /// The weights that look at the input, one picture per filter, class or unit: grey is 0, and black and white are as far
  /// as the largest of them is from it.
  ///
  /// - Parameter limit: How many at most.
  /// - Returns: None where they do not lie over an image of one channel.
  package func filters(_ limit: Int) -> [Picture] {
    guard let weights = network.tensors.first, training.set.channels == 1 else { return [] }
    let outputs = weights.shape[0]
    let sides =
      weights.shape.count == 4
      ? (weights.shape[2], weights.shape[3]) : (training.set.rows, training.set.columns)
    let numbers = weights.get()
    let size = sides.0 * sides.1
    guard size > 1, numbers.count == outputs * size else { return [] }
    let shown = min(outputs, limit)
    let largest = numbers[..<(shown * size)].map(abs).max() ?? 0
    return (0..<shown).map { output in
      var picture = Picture(rows: sides.0, columns: sides.1, channels: 1)
      picture.values = numbers[output * size..<(output + 1) * size]
        .map { largest > 0 ? ($0 / largest + 1) / 2 : 0.5 }
      return picture
    }
  }

  /// The numbers to learn from, as (input, target); none where inputs or targets are no single numbers.
  package var trainingPoints: [(x: Double, y: Double)] {
    let set = training.set
    guard set.size == 1, case .floats(let inputs) = set.values, !set.numbers.isEmpty else {
      return []
    }
    return training.setIndices.map { (Double(inputs[$0]), Double(set.numbers[$0])) }
  }

  /// What the network predicts for single numbers, in the unit of the targets.
  package func predictions(at inputs: [Double]) -> [Double] {
    let set = ExampleSet(inputs: inputs.map(Float.init), numbers: inputs.map { _ in 0 })
    let examples = Examples(set, setIndices: Array(inputs.indices), normalization: normalization)
    let error = SquaredError(range: settings.range)
    return examples.outputs(at: Array(inputs.indices), of: network).map {
      error.prediction(Double($0)).value
    }
  }
}

/// A data set: what it is called, what is to be learned, and its examples.
package struct Dataset: Sendable, Equatable {
  package let name: String
  package let labelling: Labelling
  package let train: ExampleSet
  package let valid: ExampleSet
  /// Examples kept for the very end, `nil` where the set has none.
  package let test: ExampleSet?
  /// The files that it was made of, `nil` where it is no folder of pictures.
  package let pictures: PictureListing?
  /// How its numbers were brought to mean 0 and deviation 1, `nil` where they are as they were given.
  package let scale: NumberScale?

  package init(
    name: String,
    labelling: Labelling,
    train: ExampleSet,
    valid: ExampleSet,
    test: ExampleSet? = nil,
    pictures: PictureListing? = nil,
    scale: NumberScale? = nil
  ) {
    self.name = name
    self.labelling = labelling
    self.train = train
    self.valid = valid
    self.test = test
    self.pictures = pictures
    self.scale = scale
  }

  /// What is known of an example.
  package enum Labelling: Sendable, Equatable {
    /// One class of several, by name.
    case classes([String])
    /// Yes/no traits by name, and which of them each label has.
    case traits([String], byLabel: [[Bool]])
    /// A number.
    case numbers
  }
}

extension Dataset {
  /// Loads a set.
  ///
  /// - Parameters:
  ///   - source: Which one.
  ///   - test: Whether its test examples are wanted.
  ///   - cache: Where runs share decoded images, `nil` for nowhere.
  /// - Returns: The set, with test examples if they were wanted and there are any.
  /// - Throws: `TrainingError` where a file is missing or broken.
  package static func load(
    _ source: DatasetSource,
    test: Bool = false,
    cache: SharedFolder? = nil
  ) throws -> Dataset {
    switch source {
    case .bundled(.curve): CurveData.dataset
    case .bundled(let bundled): try bundled.load(test: test, cache: cache)
    case .idx(let folder): try IDX.load(folder: folder, test: test, cache: cache)
    case .pictures(let source): try ImageFolder(source, cache: cache).load(test: test)
    }
  }

  /// How many of its images another run had decoded.
  var sharedCount: Int {
    [train, valid, test].compactMap { $0?.sharedCount }.reduce(0, +)
  }

  /// Chooses the training examples of a run.
  ///
  /// - Parameters:
  ///   - size: How many, `nil` for all.
  ///   - seed: The seed of the choice.
  /// - Returns: Indices in `train`, ascending, each class with its share.
  /// - Throws: `TrainingError` where there are fewer than asked for, or a class has none.
  package func trainingIndices(_ size: Int?, seed: Int) throws -> [Int] {
    let size = size ?? train.count
    guard size <= train.count else {
      throw TrainingError.tooFewImages(asked: size, available: train.count, dataset: name)
    }
    if case .classes(let names) = labelling {
      let present = Set(train.labels)
      if let empty = names.indices.first(where: { !present.contains($0) }) {
        throw TrainingError.emptyClass(names[empty], dataset: name)
      }
    }
    return ExampleSet.stratified(train.labels, size: size, purpose: "split", seed: seed)
  }
}

/// The training set at a smaller size, and a network for it with the layers of another one: what learns in the first phase
/// of progressive resizing.
///
/// The pictures are decoded at that size, as a data set of that size is. Pooling makes the features of both sizes one
/// length, so that all numbers of one network fit into the other.
///
/// Reference: Howard (2018), Training ImageNet in 3 hours for $25; fastai's lessons. Pictures look larger to the network in
/// the second phase than they did in the first (Touvron et al. (2019), arXiv 1906.06423), which is why it needs some epochs.
struct SmallerPictures {
  let network: Network
  let training: Examples

  /// Decodes the pictures and builds the network, `nil` where the settings ask for no smaller size.
  ///
  /// - Parameters:
  ///   - settings: The run's.
  ///   - training: The training set at its own size.
  ///   - large: The network for that.
  ///   - description: What that was built of.
  ///   - seed: The seed of the run.
  ///   - cache: Where runs share decoded pictures, `nil` for nowhere.
  /// - Throws: `TrainingError` where files cannot be read, or the layers do not fit pictures of that size.
  init?(
    _ settings: TrainingSettings,
    of training: Examples,
    beside large: Network,
    _ description: NetworkDescription,
    seed: Int,
    cache: SharedFolder?
  ) throws {
    guard let side = settings.firstSize, case .pictures(var source) = settings.dataset else {
      return nil
    }
    var layers = description
    (layers.rows, layers.columns) = (side, side)
    if let fault = layers.fault {
      throw TrainingError.contradiction(
        "Setting 'first_size' is \(side), too small for this network: \(fault)."
      )
    }
    network = Network(
      layers,
      capacity: max(settings.batchSize, Examples.mostAtOnce),
      seed: seed
    )
    guard network.tensors.map(\.shape) == large.tensors.map(\.shape) else {
      throw TrainingError.contradiction(
        "Setting 'first_size' needs a network that pools pictures of any size, and the layers of this body do not."
      )
    }
    source.side = side
    let set = try Dataset.load(.pictures(source), cache: cache).train
    guard set.labels == training.set.labels else {
      throw TrainingError.unreadableFile(
        source.folder,
        reason: "other pictures of it can be read at \(side) pixels than at \(training.set.rows)"
      )
    }
    self.training = Examples(
      set,
      setIndices: training.setIndices,
      labels: training.labels,
      normalization: training.normalization
    )
  }
}

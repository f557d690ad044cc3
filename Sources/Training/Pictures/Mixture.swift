/// A training image that mixup blended with another of its batch, before both are normalized.
package struct Mixture: Sendable, Equatable {
  package let image: Picture
  package let partner: Picture
  /// The share of the image, from one half to 1; the rest is the partner's.
  package let share: Double

  /// As the network sees it.
  package var blend: Picture {
    var blend = image
    blend.values = zip(image.values, partner.values).map {
      Float(share) * $0 + (1 - Float(share)) * $1
    }
    return blend
  }
}

extension TrainingSession {
  /// The first images of the first epoch as the run itself blends them.
  ///
  /// - Parameter limit: How many at most.
  /// - Returns: None without mixup, or where inputs are no images.
  package func mixtures(_ limit: Int) -> [Mixture] {
    guard let mixup, training.set.isOfImages, let batch = batches(of: 1).first else { return [] }
    let indices = batch.map { training.setIndices[$0] }
    return indices.prefix(limit).map { index in
      let (kept, partner) = mixup.draw(index, epoch: 1, count: indices.count)
      return Mixture(
        image: trainingPicture(at: index, epoch: 1),
        partner: trainingPicture(at: indices[partner], epoch: 1),
        share: Double(kept)
      )
    }
  }
}

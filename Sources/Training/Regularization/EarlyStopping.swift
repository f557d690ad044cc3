/// Remembers a network at its best, and says when to stop looking for a better one.
///
/// It watches examples that are held out of the training set, never the validation set: choosing by that
/// would make its loss too good. Patience is counted anew in each phase of the training, so that a head that learns no
/// more gives way to the body instead of ending the run.
package struct EarlyStopping {
  private let patience: Int
  private var best: (epoch: Int, loss: Double, numbers: [[Float]])?
  /// The smallest loss of this phase.
  private var bestOfPhase: Double?
  private var waited = 0

  /// Takes the number of epochs without improvement that ends a phase, `nil` where none does.
  package init?(patience: Int?) {
    guard let patience else { return nil }
    self.patience = patience
  }

  /// The epoch with the smallest loss so far.
  package var bestEpoch: Int? { best?.epoch }

  /// Whether the loss has not improved in this phase for as long as patience lasts.
  package var isOver: Bool { waited >= patience }

  /// Starts to count for another phase.
  package mutating func beginPhase() {
    bestOfPhase = nil
    waited = 0
  }

  /// Notes the loss on the held-out examples after an epoch, and the network if it is the best.
  package mutating func observe(_ loss: Double, of network: Network, epoch: Int) {
    if loss < bestOfPhase ?? .infinity {
      bestOfPhase = loss
      waited = 0
    } else {
      waited += 1
    }
    if let best, !(loss < best.loss) { return }
    best = (epoch, loss, network.tensors.map { $0.get() })
  }

  /// Brings the network back to its best.
  package func restore(_ network: Network) {
    guard let best else { return }
    for (tensor, numbers) in zip(network.tensors, best.numbers) { tensor.set(numbers) }
  }
}

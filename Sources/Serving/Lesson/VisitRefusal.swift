/// Why the server does not take what a visitor sent, although the lesson might; each is a sentence for that person.
package enum VisitRefusal: Error, Sendable, Equatable {
  /// No run has ended that answers the question that is to be revealed.
  case noResult
  case tooFast(limit: Int)
  case tooManyPictures(limit: Int)
  /// A picture for networks that nobody may ask yet, or that are gone.
  case noNetworks
  /// A device is to be handed to somebody who never had it.
  case notTheirDevice
  case deviceIsFull(limit: Int)
  /// The desk's address without its secret, or from another machine.
  case noDesk(isAnywhere: Bool)
}

extension VisitRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noResult:
      "No run has come to an end that answers this question. Start the runs, or wait for them."
    case .tooFast(let limit):
      "This device has sent \(limit) answers within a minute; what is sealed stays. Go on in a minute."
    case .tooManyPictures(let limit):
      "This device has sent \(limit) pictures within a minute. Go on in a minute."
    case .noNetworks: "The networks cannot be tried at this moment. Look at the screen."
    case .notTheirDevice: "This device has not been theirs. Load the page again."
    case .deviceIsFull(let limit):
      "\(limit) people share this device, which is all that it keeps. Use another, or a seat at the desk."
    case .noDesk(isAnywhere: true):
      "The desk's address has a secret in it, which the terminal shows."
    case .noDesk(isAnywhere: false):
      "The desk's address has a secret in it, which the terminal shows, and it works on the server's own "
        + "machine. 'sweep serve --desk-anywhere' lets it work on others."
    }
  }
}

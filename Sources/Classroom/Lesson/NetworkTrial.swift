package import Charts

/// What a class can ask the networks that its runs have kept, once nothing is sealed any more.
///
/// No act of the lesson: what phones send is shown, and kept nowhere.
package struct NetworkTrial: Sendable, Equatable {
  package enum Standing: Sendable, Equatable {
    /// Questions of the spec that nobody has opened, by id; the networks would tell about them too.
    case sealed([String])
    /// Why there is none to ask, in a sentence.
    case missing(String)
    case ready
  }

  package var standing: Standing
  /// Whether phones draw, light on black; else they take photographs.
  package var isOfDrawings = true
  /// What one picture shows: `digit`.
  package var noun = "picture"
  /// The pictures that networks have answered about since the server began.
  package var count = 0
  /// The last of them, which the desk sees.
  package var latest: TriedPicture?
  /// What the screen shows.
  package var shown: TriedPicture?
  /// Whether the screen shows every picture as it comes.
  package var followsPhones = false

  package init(_ standing: Standing) {
    self.standing = standing
  }

  /// What the desk may do with pictures; none of it is an act of the lesson.
  package enum Deed: String, Sendable, CaseIterable {
    /// Opens every question that is sealed, which is written down.
    case openEverything
    /// Shows the latest picture on the screen.
    case showLatest
    /// Shows every picture as it comes, or none any more.
    case showAll
    case showNone
    /// Forgets the pictures.
    case forget
  }

  /// Takes a picture that was answered.
  package mutating func take(_ picture: TriedPicture) {
    count += 1
    latest = picture
    if followsPhones { shown = picture }
  }

  /// Does what the desk decided about pictures that are here.
  package mutating func perform(_ deed: Deed) {
    switch deed {
    case .openEverything: break
    case .showLatest: shown = latest
    case .showAll: (followsPhones, shown) = (true, latest)
    case .showNone: (followsPhones, shown) = (false, nil)
    case .forget: (latest, shown) = (nil, nil)
    }
  }
}

/// A picture from a phone, and what the networks of each cell say of it.
package struct TriedPicture: Sendable, Equatable {
  /// As the networks got it: what a phone sent is decoded and drawn anew.
  package let look: Picture
  package let cells: [CellAnswer]

  package init(look: Picture, cells: [CellAnswer]) {
    self.look = look
    self.cells = cells
  }

  /// What the networks of a cell say.
  package struct CellAnswer: Sendable, Equatable {
    /// `baseline`, or the level that sets the cell apart from it: `dropout 0.5`.
    package let name: String
    /// The class of the largest mean probability, the traits that are likelier there than not, or a number.
    package let answer: String
    /// The probability of the answer in the mean over the networks; nil for traits and numbers.
    package let probability: Double?
    /// All of them by name: the mean probability of each class or trait.
    package let all: [(name: String, probability: Double)]
    /// How many networks there are, and how many say the same by themselves.
    package let networks: Int
    package let agreeing: Int
    /// The picture with what speaks for the answer; nil where it is not known.
    package let map: Picture?

    package init(
      name: String,
      answer: String,
      probability: Double?,
      all: [(name: String, probability: Double)],
      networks: Int,
      agreeing: Int,
      map: Picture?
    ) {
      self.name = name
      self.answer = answer
      self.probability = probability
      self.all = all
      self.networks = networks
      self.agreeing = agreeing
      self.map = map
    }

    package static func == (first: CellAnswer, second: CellAnswer) -> Bool {
      (first.name, first.answer, first.networks, first.agreeing)
        == (second.name, second.answer, second.networks, second.agreeing)
        && first.probability == second.probability && first.map == second.map
        && first.all.map(\.name) == second.all.map(\.name)
        && first.all.map(\.probability) == second.all.map(\.probability)
    }
  }
}

import Classroom
import Laboratory
import Reports

/// Has the networks asked about pictures from phones, one picture at a time, and keeps none of them.
actor PictureTrial {
  private let served: ServedLesson
  private let experiment: Experiment
  /// Apart from the laboratory's, so that a picture does not wait for the store nor the store for a picture.
  private let work = BlockingWork("networks")
  private var panel: NetworkPanel?

  init(_ served: ServedLesson, _ experiment: Experiment) {
    self.served = served
    self.experiment = experiment
  }

  /// Looks whether there are networks, and whether what they say is sealed.
  ///
  /// - Parameter isReveal: Whether this opens all that is sealed; it is written down then.
  func open(isReveal: Bool = false) async {
    guard panel == nil else { return }
    let trial: NetworkTrial
    do {
      let found = try await experiment.apart { try $0.panel(isReveal: isReveal) }
      panel = found.panel
      if let panel {
        var ready = NetworkTrial(.ready)
        ready.isOfDrawings = panel.knowsDrawings
        ready.noun = panel.noun
        trial = ready
      } else {
        trial = NetworkTrial(.sealed(found.sealed))
      }
    } catch {
      trial = NetworkTrial(.missing("\(error)"))
    }
    await served.note(isForRoom: true) { $0.trial = trial }
  }

  /// Does what the desk decided about pictures.
  func perform(_ deed: NetworkTrial.Deed) async {
    if deed == .openEverything { return await open(isReveal: true) }
    await served.note { $0.trial?.perform(deed) }
  }

  /// Asks the networks about a picture, after those that came before it.
  ///
  /// - Parameters:
  ///   - bytes: A PNG, JPEG or WebP file.
  ///   - isDrawing: Whether it was drawn, light on black.
  /// - Returns: What they say.
  /// - Throws: ``VisitRefusal/noNetworks``, or why it cannot be read.
  func ask(_ bytes: [UInt8], isDrawing: Bool) async throws -> TriedPicture {
    guard let panel else { throw VisitRefusal.noNetworks }
    let opinions = try await work.result {
      try panel.opinions(onSent: bytes, isDrawing: isDrawing)
    }
    guard let tried = TriedPicture(opinions) else { throw VisitRefusal.noNetworks }
    await served.note { $0.trial?.take(tried) }
    return tried
  }
}

extension TriedPicture {
  /// What was said of the one picture that was asked about.
  fileprivate init?(_ opinions: PictureOpinions) {
    guard let look = opinions.cells.first?.looks.first else { return nil }
    let peak = opinions.cells.compactMap { $0.peak(on: 0) }.max() ?? 0
    self.init(look: look, cells: opinions.cells.map { CellAnswer($0, peak: peak) })
  }
}

extension TriedPicture.CellAnswer {
  fileprivate init(_ cell: CellOpinion, peak: Double) {
    let answer = cell.answer(on: 0)
    let words: String
    switch cell.kind {
    case .oneClass: words = cell.classes[answer.place]
    case .traits: words = answer.present.map { cell.classes[$0] }.joined(separator: ", ")
    case .number: words = Numeral.significant(answer.probability)
    }
    self.init(
      name: cell.name,
      answer: words.isEmpty ? "none of them" : words,
      probability: cell.kind == .oneClass ? answer.probability : nil,
      all: cell.kind == .number ? [] : zip(cell.classes, answer.means).map { ($0, $1) },
      networks: cell.seeds.count,
      agreeing: answer.agreeing,
      map: cell.map(on: 0, peak: peak)
    )
  }
}

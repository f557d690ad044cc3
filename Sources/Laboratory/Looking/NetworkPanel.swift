package import Charts
import Sweeps
package import Training

/// Networks that runs of a sweep have kept, by the files that they lie in; each is read when it is asked.
package struct NetworkPanel: Sendable {
  struct Member: Sendable {
    let run: Run
    let path: String
    let settings: TrainingSettings
  }

  let sweep: String
  let axes: [String]
  let members: [Member]
  /// What cells are called, by their levels; the others by those.
  var names: [[String]: String] = [:]

  /// How many networks there are.
  package var count: Int { members.count }

  /// Whether the pictures that they know are drawn characters, light on black.
  package var knowsDrawings: Bool {
    members.allSatisfy { member in
      switch member.settings.dataset {
      case .bundled(.digits), .bundled(.letters), .bundled(.digitTraits): true
      case .bundled(.curve), .idx, .pictures: false
      }
    }
  }

  /// What the pictures show that they know: a word for one of them.
  package var noun: String {
    guard let dataset = members.first?.settings.dataset, knowsDrawings else { return "picture" }
    return dataset == .bundled(.letters) ? "capital letter" : "digit"
  }

  /// Asks one network after the other; each way to prepare the pictures is gone once.
  ///
  /// - Parameters:
  ///   - pictures: What is asked about, with names.
  ///   - wantsMaps: Whether it is asked, too, what places of a picture speak for an answer.
  /// - Returns: What they say, cell by cell.
  /// - Throws: `TrainingError` for a picture or a network that cannot be read.
  package func opinions(
    on pictures: [(name: String, picture: AskedPicture)],
    wantsMaps: Bool
  ) throws -> PictureOpinions {
    var prepared: [PicturePreparation: ExampleSet] = [:]
    var last: KeptNetwork?
    let cells = try cells.map { members in
      var said: [[[Float]]] = []
      var maps: [[[ActivationMap]]] = []
      for member in members {
        let network = try KeptNetwork(path: member.path, settings: member.settings, after: last)
        last = network
        let set =
          try prepared[network.preparation]
          ?? network.preparation.examples(pictures.map(\.picture))
        prepared[network.preparation] = set
        said.append(network.answers(on: set))
        if wantsMaps, let found = network.maps(of: set) { maps.append(found) }
      }
      guard let network = last, let set = prepared[network.preparation] else {
        preconditionFailure("a cell without networks is no cell")
      }
      let levels = members[0].run.levels
      return CellOpinion(
        name: names[levels] ?? levels.joined(separator: ", "),
        levels: levels,
        kind: CellOpinion.Kind(network.task),
        classes: network.classes,
        seeds: members.map(\.run.seed),
        answers: said,
        looks: set.pictures,
        maps: maps.count == members.count ? Self.means(of: maps) : nil
      )
    }
    return PictureOpinions(
      sweep: sweep,
      axes: axes,
      pictures: pictures.map(\.name),
      cells: cells
    )
  }

  /// Asks about a picture that was sent, with what speaks for the answers.
  ///
  /// - Parameters:
  ///   - bytes: A PNG, JPEG or WebP file.
  ///   - isDrawing: Whether it shows strokes, light on black, that are to be centred as the set's are.
  /// - Returns: What the networks say.
  /// - Throws: `TrainingError` for a picture or a network that cannot be read.
  package func opinions(onSent bytes: [UInt8], isDrawing: Bool) throws -> PictureOpinions {
    let picture = isDrawing ? AskedPicture.drawing(bytes) : .bytes(bytes)
    return try opinions(on: [(name: "", picture: picture)], wantsMaps: true)
  }

  /// The members of each cell by seed, cells in the order of their first members.
  private var cells: [[Member]] {
    var order: [[String]] = []
    var byCell: [[String]: [Member]] = [:]
    for member in members {
      if byCell[member.run.levels] == nil { order.append(member.run.levels) }
      byCell[member.run.levels, default: []].append(member)
    }
    return order.map { (byCell[$0] ?? []).sorted { $0.run.seed < $1.run.seed } }
  }

  /// The means over networks, which look at pictures of one size.
  private static func means(of maps: [[[ActivationMap]]]) -> [[PlaceMap]] {
    guard let first = maps.first else { return [] }
    return first.indices.map { picture in
      first[picture].indices.map { output in
        let all = maps.map { $0[picture][output] }
        return PlaceMap(
          rows: all[0].rows,
          columns: all[0].columns,
          shares: all[0].shares.indices.map { place in
            all.reduce(0) { $0 + $1.shares[place] } / Double(all.count)
          }
        )
      }
    }
  }
}

extension CellOpinion.Kind {
  fileprivate init(_ task: Training.Task) {
    switch task {
    case .single: self = .oneClass
    case .multi: self = .traits
    case .regression: self = .number
    }
  }
}

extension ExampleSet {
  /// Each of its images.
  fileprivate var pictures: [Charts.Picture] {
    (0..<count).compactMap { index in
      var picture = Training.Picture(rows: rows, columns: columns, channels: channels)
      read(index, into: &picture)
      let pixels = picture.values.map { UInt8((min(max($0, 0), 1) * 255).rounded()) }
      return Charts.Picture(width: columns, height: rows, pixels: pixels)
    }
  }
}

extension CellOpinion {
  /// The picture with what speaks for the answer of these networks.
  ///
  /// - Parameters:
  ///   - picture: Its place among those that were asked about.
  ///   - peak: The share that has the full colour.
  /// - Returns: nil where the networks were not asked, or keep no places.
  package func map(on picture: Int, peak: Double) -> Charts.Picture? {
    placeMap(on: picture)?.over(looks[picture], peak: peak)
  }

  /// The largest share of a place, by which cells are shown alike.
  package func peak(on picture: Int) -> Double? { placeMap(on: picture)?.peak }

  private func placeMap(on picture: Int) -> PlaceMap? {
    guard let maps, picture < looks.count else { return nil }
    return maps[picture][answer(on: picture).place]
  }
}

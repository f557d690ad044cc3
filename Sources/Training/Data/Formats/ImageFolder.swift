import Foundation
import Notation

/// A folder of pictures, as people bring their own: `train/cat/1.png` and `valid/cat/2.jpg`, or `cat/1.png`, or files of
/// any names with a table of labels.
///
/// Pictures are turned upright, scaled until the shorter side is 256/224 of the wanted one and cut from the middle, as the
/// ImageNet convention has it. What cannot be read is left out and told, never passed over in silence.
struct ImageFolder {
  private let source: PictureSource
  private let cache: SharedFolder?

  init(_ source: PictureSource, cache: SharedFolder? = nil) {
    self.source = source
    self.cache = cache
  }

  private var folder: String { source.folder }

  /// A file that should be a picture.
  struct Candidate {
    let path: String
    let name: String
    let label: Int
    var number: Double?
  }

  /// What lies in the folder, before any of it is decoded.
  private struct Content {
    let labelling: Dataset.Labelling
    var train: [Candidate] = []
    var valid: [Candidate] = []
    var test: [Candidate] = []
    var strange: [LeftOutFile] = []
  }

  /// Loads the set.
  ///
  /// - Throws: `TrainingError` where a folder is missing or empty, a table is wrong, or a class has too few pictures.
  func load(test: Bool) throws -> Dataset {
    var content = try source.labels.map(tabled) ?? sorted(test: test)
    if !test { content.test = [] }
    let train = try decoded(content.train)
    let valid = try decoded(content.valid)
    let last = content.test.isEmpty ? nil : try decoded(content.test)
    let leftOut = (content.strange + train.leftOut + valid.leftOut + (last?.leftOut ?? []))
      .sorted { $0.path < $1.path }
    try checkMinimum(content.labelling, train.set.labels + valid.set.labels, leftOut: leftOut)
    guard !train.kept.isEmpty, !valid.kept.isEmpty else {
      let part = train.kept.isEmpty ? "training" : "validation"
      throw TrainingError.unreadableFile(
        folder,
        reason: "no picture is left for \(part)" + told(leftOut)
      )
    }
    let scale = NumberScale(train.kept.compactMap(\.number))
    return Dataset(
      name: folder,
      labelling: content.labelling,
      train: train.examples(scale),
      valid: valid.examples(scale),
      test: last?.examples(scale),
      pictures: PictureListing(
        train: train.kept.map(\.path),
        valid: valid.kept.map(\.path),
        leftOut: leftOut
      ),
      scale: content.labelling == .numbers ? scale : nil
    )
  }

  /// The files of the set with their paths in it, for its digest.
  func files() throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    let table = source.labels.map { [$0] } ?? []
    return table + names.filter(Self.isPicture).sorted().map { "\(folder)/\($0)" }
  }

  /// Refuses classes that have too few pictures, all at once.
  private func checkMinimum(
    _ labelling: Dataset.Labelling,
    _ labels: [Int],
    leftOut: [LeftOutFile]
  ) throws {
    guard case .classes(let names) = labelling else { return }
    let counts = names.indices.map { label in labels.count { $0 == label } }
    let short = zip(names, counts).filter { $0.1 < source.minimum }
    guard !short.isEmpty else { return }
    let few = short.map { "'\($0.0)' has \($0.1)" }.joined(separator: ", ")
    throw TrainingError.unreadableFile(
      folder,
      reason:
        "every class needs at least \(source.minimum) pictures that can be read ('minimum'), but "
        + few + told(leftOut)
    )
  }

  /// Files that were left out, at the end of a sentence.
  private func told(_ leftOut: [LeftOutFile]) -> String {
    leftOut.isEmpty
      ? "" : "; left out: " + leftOut.byReason(in: folder).joined(separator: "; ")
  }
}

// MARK: What lies there

extension ImageFolder {
  /// Pictures in folders that are named for their classes.
  private func sorted(test: Bool) throws -> Content {
    let parts = try Self.folders(in: folder)
    guard parts.contains("train") else { return try split(classes: parts) }
    try checkDivision("its folders 'train' and 'valid'")
    let classes = try Self.folders(in: "\(folder)/train")
    var content = Content(labelling: .classes(classes))
    content.train = try pictures(of: classes, in: "\(folder)/train", &content.strange)
    content.valid = try pictures(of: classes, in: "\(folder)/valid", &content.strange)
    if test, parts.contains("test") {
      content.test = try pictures(of: classes, in: "\(folder)/test", &content.strange)
    }
    return content
  }

  /// Refuses a pattern that would divide what is divided already.
  private func checkDivision(_ divider: String) throws {
    guard let groups = source.groups else { return }
    throw TrainingError.contradiction(
      "'split_by' is '\(groups)', and the pictures of '\(folder)' are divided already, by \(divider); leave one of the two out."
    )
  }

  private func split(classes: [String]) throws -> Content {
    var content = Content(labelling: .classes(classes))
    let all = try pictures(of: classes, in: folder, &content.strange)
    try divide(all, into: &content)
    return content
  }

  private func divide(_ all: [Candidate], into content: inout Content) throws {
    let chosen = Set(
      try PictureSplit(groups: source.groups).validation(all.map { ($0.name, $0.label) })
    )
    content.train = all.indices.filter { !chosen.contains($0) }.map { all[$0] }
    content.valid = all.indices.filter { chosen.contains($0) }.map { all[$0] }
  }

  /// Pictures that a table names.
  private func tabled(_ path: String) throws -> Content {
    let table = try PictureTable(FileContent.read(path), name: path)
    var content = Content(labelling: table.labelling)
    var undecided: [Candidate] = []
    for row in table.rows {
      let file = "\(folder)/\(row.file)"
      guard FileManager.default.fileExists(atPath: file) else {
        content.strange.append(
          LeftOutFile(path: file, reason: "there is no such file, though line \(row.line) names it")
        )
        continue
      }
      let candidate = Candidate(path: file, name: row.file, label: row.label, number: row.number)
      switch row.split {
      case "train": content.train.append(candidate)
      case "valid": content.valid.append(candidate)
      case "test": content.test.append(candidate)
      default: undecided.append(candidate)
      }
    }
    if undecided.isEmpty {
      try checkDivision("the column 'split' of '\(path)'")
    } else {
      try divide(undecided, into: &content)
    }
    return content
  }

  private func pictures(
    of classes: [String],
    in folder: String,
    _ strange: inout [LeftOutFile]
  ) throws -> [Candidate] {
    let found = try Self.folders(in: folder)
    if let stranger = found.first(where: { !classes.contains($0) }) {
      throw TrainingError.unreadableFile(
        "\(folder)/\(stranger)",
        reason: "the training set has no such class"
      )
    }
    for name in try FileContent.names(in: folder) where Self.isPicture(name) {
      strange.append(LeftOutFile(path: "\(folder)/\(name)", reason: "it lies in no class's folder"))
    }
    var pictures: [Candidate] = []
    for (label, name) in classes.enumerated() where found.contains(name) {
      for file in try FileContent.names(in: "\(folder)/\(name)") where !Self.isHousekeeping(file) {
        let path = "\(folder)/\(name)/\(file)"
        if Self.isPicture(file) {
          pictures.append(Candidate(path: path, name: file, label: label))
        } else {
          strange.append(LeftOutFile(path: path, reason: Self.strangeness(of: path)))
        }
      }
    }
    guard !pictures.isEmpty else {
      throw TrainingError.unreadableFile(
        folder,
        reason: "it has no PNG, JPEG or WebP pictures in folders named for their classes"
          + told(strange)
      )
    }
    return pictures
  }

  private static func isPicture(_ name: String) -> Bool {
    !name.hasPrefix(".")
      && [".png", ".jpg", ".jpeg", ".webp"].contains { name.lowercased().hasSuffix($0) }
  }

  /// Files that systems leave in folders.
  private static func isHousekeeping(_ name: String) -> Bool {
    name.hasPrefix(".") || ["thumbs.db", "desktop.ini"].contains(name.lowercased())
  }

  private static func strangeness(of path: String) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { return "it is no file" }
    defer { try? file.close() }
    let start = (try? file.read(upToCount: 16)) ?? nil
    guard let start else { return "it is no file" }
    guard let kind = PictureKind(Array(start)) else { return "it is no picture" }
    return kind.isRead ? kind.advice + ", but its name does not end so" : kind.advice
  }

  /// The folders in a folder, in alphabetical order.
  private static func folders(in folder: String) throws -> [String] {
    try FileContent.names(in: folder).filter { name in
      let type = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.type]
      return type as? FileAttributeType == .typeDirectory && !name.hasPrefix(".")
    }
  }
}

// MARK: Pixels

extension ImageFolder {
  /// Pictures of one side of the split that could be read.
  private struct Decoded {
    let set: ExampleSet
    let kept: [Candidate]
    let leftOut: [LeftOutFile]

    /// With the numbers to predict, where there are any.
    func examples(_ scale: NumberScale) -> ExampleSet {
      var set = set
      set.numbers = kept.compactMap { $0.number.map(scale.apply) }
      return set
    }
  }

  /// Decodes pictures, or takes them as another run decoded them while the files have not changed since.
  private func decoded(_ pictures: [Candidate]) throws -> Decoded {
    let names = pictures.map { "\($0.path) \($0.label) \(FileContent.stamp(of: $0.path))" }
    let inputs = ["pictures \(source.side) \(source.ground)"] + names
    func result(_ set: ExampleSet, _ faults: [String]) -> Decoded {
      Decoded(
        set: set,
        kept: pictures.indices.filter { faults[$0].isEmpty }.map { pictures[$0] },
        leftOut: pictures.indices.filter { !faults[$0].isEmpty }
          .map { LeftOutFile(path: pictures[$0].path, reason: faults[$0]) }
      )
    }
    if let faults = cache?.lines(of: inputs), faults.count == pictures.count {
      let kept = pictures.indices.filter { faults[$0].isEmpty }.map { pictures[$0] }
      let set = try ExampleSet.shared(in: cache, madeOf: { inputs }) {
        try examples(kept.map { ($0, try square($0.path)) })
      }
      return result(set, faults)
    }
    var found: [(Candidate, [UInt8])] = []
    var faults: [String] = []
    for picture in pictures {
      do {
        found.append((picture, try square(picture.path)))
        faults.append("")
      } catch TrainingError.unreadableFile(_, let reason) {
        faults.append(reason)
      }
    }
    let decoded = try examples(found)
    cache?.keep(lines: faults, of: inputs)
    return result(try ExampleSet.shared(in: cache, madeOf: { inputs }) { decoded }, faults)
  }

  private func examples(_ pictures: [(candidate: Candidate, square: [UInt8])]) throws -> ExampleSet
  {
    ExampleSet(
      rows: source.side,
      columns: source.side,
      channels: PictureFile.channels,
      pixels: Pixels(pictures.flatMap(\.square)),
      labels: pictures.map(\.candidate.label)
    )
  }

  /// Pixels that a picture's shorter side is scaled to before a square of this side is cut from the middle.
  static func shorterSide(of side: Int) -> Int { Int((Double(side) * 256 / 224).rounded()) }

  /// A picture as the set has its own: (side, side, channels).
  ///
  /// - Throws: `TrainingError` where it is missing or cannot be read.
  private func square(_ path: String) throws -> [UInt8] {
    let shorter = Self.shorterSide(of: source.side)
    let picture = try PictureFile(
      FileContent.read(path),
      name: path,
      shorter: shorter,
      on: source.ground
    )
    guard let square = picture.square(side: source.side, shorter: shorter) else {
      throw TrainingError.unreadableFile(path, reason: "there is no memory to resize it")
    }
    return square
  }
}

import Notation

/// Where pictures lie, and how a data set is made of them: the members of the setting `dataset` beside `folder`.
package struct PictureSource: Sendable, Equatable {
  package var folder: String
  /// Pixels of the squares' sides.
  package var side = Self.usualSide
  /// What shines through where a picture is transparent.
  package var ground = PictureGround.white
  /// A table of labels, `nil` where folders are the classes.
  package var labels: String?
  /// A regular expression: pictures in whose names it matches the same text stay on one side of the split.
  package var groups: String?
  /// A class with fewer pictures is refused.
  package var minimum = Self.usualMinimum

  package static let usualSide = 64
  static let usualMinimum = 2

  package init(folder: String) {
    self.folder = folder
  }

  /// Reads the members of a checked object; `nil` where it names no folder.
  init?(_ object: JSONObject) {
    guard let folder = object["folder"]?.string else { return nil }
    self.folder = folder
    side = object["size"]?.integer ?? Self.usualSide
    ground = object["background"]?.string.flatMap(PictureGround.init(rawValue:)) ?? .white
    labels = object["labels"]?.string
    groups = object["split_by"]?.string
    minimum = object["minimum"]?.integer ?? Self.usualMinimum
  }

  /// What the members are.
  static let members = [
    Setting(
      "folder",
      .path(suffix: ""),
      default: nil,
      "a folder of PNG, JPEG and WebP pictures, in folders named for their classes"
    ),
    Setting(
      "size",
      .integer(.between(8, 512)),
      default: .number(JSONNumber(usualSide)),
      "pixels a side"
    ),
    Setting(
      "background",
      .choice(PictureGround.allCases.map(\.rawValue)),
      default: "white",
      "what shines through where a picture is transparent"
    ),
    Setting(
      "labels",
      .path(suffix: ".csv"),
      default: nil,
      "a table with a column 'file' and the labels: one of words, one of numbers, or several of yes and no"
    ),
    Setting(
      "split_by",
      .text("a regular expression for file names"),
      default: nil,
      "pictures in whose names this matches the same text stay on one side of the split"
    ),
    Setting(
      "minimum",
      .integer(.atLeast(1)),
      default: .number(JSONNumber(usualMinimum)),
      "a class with fewer pictures is refused"
    ),
  ]
}

/// A file in a folder of pictures that no picture was made of.
package struct LeftOutFile: Sendable, Equatable, CustomStringConvertible {
  package let path: String
  /// What is wrong with it, in the middle of a sentence.
  package let reason: String

  package var description: String { "\(path): \(reason)" }

  /// A path as it is in a folder.
  package static func path(_ path: String, in folder: String) -> String {
    path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
  }
}

extension [LeftOutFile] {
  private static var mostNamed: Int { 40 }

  /// A text for each reason, with the files it is true of: forty pictures of one phone are one line.
  package func byReason(in folder: String) -> [String] {
    var reasons: [String] = []
    for file in self where !reasons.contains(file.reason) { reasons.append(file.reason) }
    return reasons.map { reason in
      let files = filter { $0.reason == reason }.map { LeftOutFile.path($0.path, in: folder) }
      let rest = files.count - Self.mostNamed
      return files.prefix(Self.mostNamed).joined(separator: ", ")
        + (rest > 0 ? " and \(rest) more" : "") + ": " + reason
    }
  }
}

/// The files that a data set was made of.
package struct PictureListing: Sendable, Equatable {
  /// The file of each example, in the order of the sets.
  package let train: [String]
  package let valid: [String]
  /// In alphabetical order.
  package let leftOut: [LeftOutFile]
}

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
}

/// The files that a data set was made of.
package struct PictureListing: Sendable, Equatable {
  /// The file of each example, in the order of the sets.
  package let train: [String]
  package let valid: [String]
  /// In alphabetical order.
  package let leftOut: [LeftOutFile]
}

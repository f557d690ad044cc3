/// The program that made a run, as far as it is known: what its files were, and what was committed around them.
package struct ProgramVersion: Sendable, Hashable {
  /// The digest of the files that the command names, hexadecimal; empty where it names none.
  package let files: String
  /// The commit of the folder of the spec; empty outside of git.
  package let commit: String

  package init(files: String, commit: String) {
    self.files = files
    self.commit = commit
  }

  /// Digits by which a version is told and found.
  private static let shown = 8

  /// What people call it: the beginning of the files' digest, and that of the commit.
  package var name: String {
    [files, commit].filter { !$0.isEmpty }.map { String($0.prefix(Self.shown)) }
      .joined(separator: "@")
  }

  /// Whether somebody who names a version means this one.
  package func isNamed(_ text: String) -> Bool {
    !text.isEmpty
      && (name.hasPrefix(text) || (!files.isEmpty && files.hasPrefix(text))
        || (!commit.isEmpty && commit.hasPrefix(text)))
  }
}

/// Which version of a program made each run of a sweep.
package struct RunVersions: Sendable, Equatable {
  /// By the run's id.
  private let byRun: [String: ProgramVersion]
  /// In the order in which they first made runs.
  package let all: [ProgramVersion]

  package static let unknown = RunVersions([])

  /// - Parameter versions: The id of each run with its version, those of earlier starts first.
  package init(_ versions: [(run: String, version: ProgramVersion)]) {
    byRun = Dictionary(versions.map { ($0.run, $0.version) }) { $1 }
    var all: [ProgramVersion] = []
    for (_, version) in versions where !all.contains(version) { all.append(version) }
    self.all = all
  }

  package subscript(run: String) -> ProgramVersion? { byRun[run] }

  /// Whether runs come from more than one version.
  package var areMixed: Bool { all.count > 1 }
}

extension Provenance {
  /// The version of the program of a command; nil for the built-in trainer, whose version is part of every run, and
  /// where nothing is known.
  package var programVersion: ProgramVersion? {
    guard command != nil else { return nil }
    let version = ProgramVersion(files: program ?? "", commit: git?.commit ?? "")
    return version.name.isEmpty ? nil : version
  }
}

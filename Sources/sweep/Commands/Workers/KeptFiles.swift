import ArgumentParser
import Foundation
import Sweeps
import Training

/// What a run leaves in its folder for later, as the coordinator asks for it: `SWEEP_KEEP=weights,probabilities`.
struct KeptFiles {
  private let files: [KeptFile]
  private let folder: URL

  init(_ environment: [String: String]) throws {
    let words = environment["SWEEP_KEEP"]?.split(separator: ",").map(String.init) ?? []
    files = try words.map { word in
      guard let file = KeptFile(rawValue: word) else {
        let known = KeptFile.allCases.map { "'\($0.rawValue)'" }.joined(separator: " and ")
        throw ValidationError(
          .environment,
          "SWEEP_KEEP names '\(word)'; it can name \(known), with a comma between."
        )
      }
      return file
    }
    guard let path = environment["SWEEP_RUN_DIR"] ?? (files.isEmpty ? "" : nil) else {
      throw ValidationError(
        .environment,
        "SWEEP_KEEP is set, and SWEEP_RUN_DIR does not say in which folder."
      )
    }
    folder = URL(fileURLWithPath: path, isDirectory: true)
  }

  /// Refuses, before any training, what the run could not leave.
  func check(_ session: TrainingSession) throws {
    let fault = session.faultOfKeeping(
      weights: files.contains(.weights),
      probabilities: files.contains(.probabilities)
    )
    if let fault { throw ValidationError(.exclusive, fault) }
  }

  /// Writes the files; each is there as a whole or not at all.
  func write(_ session: TrainingSession) throws {
    for file in files {
      let data =
        switch file {
        case .weights: Data(try session.kept().bytes)
        case .probabilities: Data(session.probabilityTable.utf8)
        }
      let place = folder.appending(component: file.name)
      do {
        try data.write(to: place, options: .atomic)
      } catch {
        throw ValidationError(
          .unwritableFile,
          "'\(place.path)' cannot be written: \(error.reason)."
        )
      }
    }
  }
}

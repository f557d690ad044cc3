import Notation
import Sweeps
import Training

/// The folders of pictures and the bodies that the runs of a grid read.
struct TrainerInputs {
  /// The settings that name folders of pictures, each set of pictures once.
  private let pictures: [TrainingSettings]
  /// The bodies that lie in files of their own.
  private let bodies: Set<NamedBody>

  /// Finds them in the cells around the baseline, where every level of every axis occurs.
  init(_ grid: Grid, of spec: Spec) {
    var pictures: [TrainingSettings] = []
    var bodies: Set<NamedBody> = []
    for cell in spec.program == nil ? grid.cellsAroundBaseline : [] {
      guard let settings = try? TrainingSettings(grid.settings(of: cell), in: spec.directory)
      else { continue }
      if case .named(let body) = settings.body { bodies.insert(body) }
      if case .pictures = settings.dataset,
        !pictures.contains(where: {
          $0.dataset == settings.dataset && $0.measuresTest == settings.measuresTest
        })
      {
        pictures.append(settings)
      }
    }
    self.pictures = pictures
    self.bodies = bodies
  }

  /// Reads the bodies and decodes all pictures, so that no run begins that could not end, and tells what is wrong with
  /// the pictures.
  ///
  /// - Parameter cache: Where runs share pictures.
  /// - Returns: Sentences.
  /// - Throws: `TrainingError` where a run could not use them.
  func warnings(cache: String) throws -> [String] {
    for body in bodies { _ = try body.bytes() }
    return try pictures.flatMap { settings in
      try Dataset.load(
        settings.dataset,
        test: settings.measuresTest,
        cache: SharedFolder(path: cache)
      ).pictureFindings.map(\.sentence)
    }
  }
}

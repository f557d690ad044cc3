import Notation
import Sweeps
import Training

/// The folders of pictures that the runs of a grid read.
struct PictureFolders {
  /// The settings that say so, each set of pictures once.
  private let settings: [TrainingSettings]

  /// Finds them in the cells around the baseline, where every level of every axis occurs.
  init(_ grid: Grid, of spec: Spec) {
    guard spec.program == nil else {
      settings = []
      return
    }
    var found: [TrainingSettings] = []
    for cell in grid.cellsAroundBaseline {
      let settings = try? TrainingSettings(grid.settings(of: cell), in: spec.directory)
      guard let settings, case .pictures = settings.dataset,
        !found.contains(where: {
          $0.dataset == settings.dataset && $0.measuresTest == settings.measuresTest
        })
      else { continue }
      found.append(settings)
    }
    settings = found
  }

  /// Decodes all pictures, so that no run has to, and tells what is wrong with them.
  ///
  /// - Parameter cache: Where runs share them.
  /// - Returns: Sentences.
  /// - Throws: `TrainingError` where no run could use them.
  func warnings(cache: String) throws -> [String] {
    try settings.flatMap { settings in
      try Dataset.load(
        settings.dataset,
        test: settings.measuresTest,
        cache: SharedFolder(path: cache)
      ).pictureFindings.map(\.sentence)
    }
  }
}

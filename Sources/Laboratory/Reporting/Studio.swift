import Charts
import Foundation
import Notation
import Reports
import Sweeps
import Training

extension Laboratory {
  /// Makes what only the trainer can show of a sweep: images as it changes them, first layers, fits.
  ///
  /// - Parameters:
  ///   - spec: The spec.
  ///   - records: What became of its runs.
  ///   - file: The spec's file, to whose folder paths of data are relative.
  /// - Returns: nil for another program's sweep; a warning and no pictures where the data are not there any more.
  func pictures(
    of spec: Spec,
    records: [Record],
    file: String
  ) -> (pictures: Pictures?, warning: String?)? {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    guard spec.program == nil,
      let studio = Studio(spec, records: records, folder: folder, cache: results + "/cache")
    else { return nil }
    do {
      let pictures = Pictures(
        sheets: try studio.sheets,
        filters: try studio.filters,
        fits: try studio.fits,
        mixtures: try studio.mixtures,
        mistakes: try studio.mistakes
      )
      return (pictures, nil)
    } catch {
      return (nil, "The report shows no images or weights: \(error)")
    }
  }
}

/// The baseline run of the first seed, and what pictures need of it.
private struct Studio {
  let spec: Spec
  let records: [Record]
  /// The folder to which paths of data are relative.
  let folder: String
  /// Where runs share pictures that they decoded.
  let cache: String
  let baseline: Record
  let seed: Int

  /// Draws of one image.
  private static let draws = 8
  /// Filters of one row: as many as stand in one line, so that before and after stand below each other.
  private static let filterLimit = 10
  /// Cells whose training is repeated for the picture of their fits.
  private static let fitLimit = 6
  /// Positions at which a fit is drawn.
  private static let fitPositions = 1001
  /// Blended images.
  private static let mixtureLimit = 8

  /// nil where the first seed's baseline has no result.
  init?(_ spec: Spec, records: [Record], folder: String, cache: String) {
    let levels = spec.axes.map(\.baseline.text)
    guard let seed = spec.seeds.first,
      let baseline = records.first(where: {
        $0.run.seed == seed && $0.run.levels == levels && $0.status == .ok
      })
    else { return nil }
    self.spec = spec
    self.records = records
    self.folder = folder
    self.cache = cache
    self.baseline = baseline
    self.seed = seed
  }

  private func session(_ object: JSONObject) throws -> TrainingSession {
    var settings = try TrainingSettings(object, in: folder)
    // Pictures are of the trained network alone.
    settings.evaluateEvery = 0
    // Photographs take long to decode; all else is quicker made anew than looked for.
    guard case .pictures = settings.dataset else {
      return try TrainingSession(settings, seed: seed)
    }
    return try TrainingSession(settings, seed: seed, cache: cache)
  }

  /// A session at the end of its training; nil where that is too much work to repeat.
  private func trained(_ object: JSONObject) throws -> TrainingSession? {
    let session = try session(object)
    return session.trainQuickly() ? session : nil
  }

  /// An image as each level of augmentation draws it; none where nothing does.
  var sheets: [Pictures.Sheet] {
    get throws {
      let axis = spec.axes.first { $0.settings.contains("augmentation") }
      let levels =
        axis.map { axis in axis.levels.map { (name: $0.text, values: $0.values) } }
        ?? [(name: "augmented", values: JSONObject())]
      let changed = try levels.map { level in
        Pictures.Sheet(
          level: level.name,
          images: try draws(session(baseline.run.settings.merging(level.values)))
        )
      }
      guard changed.contains(where: { $0.images.count > 1 }) else { return [] }
      guard changed.allSatisfy({ $0.images.count > 1 }) else { return changed }
      let plain = try session(baseline.run.settings).trainingPicture(epoch: 0)
      let images = [plain].compactMap(\.self).compactMap(Charts.Picture.init)
      return [Pictures.Sheet(level: "unchanged", images: images)] + changed
    }
  }

  /// The same image in the first epochs; once where all are alike.
  private func draws(_ session: TrainingSession) throws -> [Charts.Picture] {
    let images = (1...Self.draws).compactMap { session.trainingPicture(epoch: $0) }
      .compactMap(Charts.Picture.init)
    return images.allSatisfy { $0 == images.first } ? Array(images.prefix(1)) : images
  }

  /// The first layer before and after the training; none where that is slow to repeat, or where the body is frozen.
  var filters: [Pictures.Filters] {
    get throws {
      let tuning = try TrainingSettings(baseline.run.settings, in: folder).tuning
      guard tuning.makesSteps, tuning != .head else { return [] }
      let before = row("before", try session(baseline.run.settings))
      guard !before.images.isEmpty,
        let after = try trained(baseline.run.settings).map({ row("after", $0) })
      else { return [] }
      return [before, after]
    }
  }

  private func row(_ name: String, _ session: TrainingSession) -> Pictures.Filters {
    Pictures.Filters(
      network: name,
      images: session.filters(Self.filterLimit).compactMap(Charts.Picture.init)
    )
  }

  /// Data of one number with the fit of each cell near the baseline whose training is quick to repeat.
  var fits: Pictures.Fits? {
    get throws {
      guard baseline.run.settings["dataset"] == .string("curve") else { return nil }
      let points = try session(baseline.run.settings).trainingPoints
      let positions = (0..<Self.fitPositions).map { Double($0) / Double(Self.fitPositions - 1) }
      let near = NearCells.runs(of: records, spec: spec, seed: seed).prefix(Self.fitLimit)
      let cells = try near.compactMap { name, record in
        try trained(record.run.settings).map { session in
          let curve = zip(positions, session.predictions(at: positions)).map { (x: $0, y: $1) }
          return Pictures.Fits.Cell(
            name: name,
            curve: curve.map { Point(x: $0.x, y: $0.y) },
            kinks: Kinks.found(in: curve).map { Point(x: $0.x, y: $0.y) }
          )
        }
      }
      return Pictures.Fits(
        data: points.map { Point(x: $0.x, y: $0.y) },
        truth: Self.points(positions, CurveData.expectation(at: positions)),
        cells: cells
      )
    }
  }

  /// What the baseline was surest of, and wrong.
  var mistakes: [Pictures.Mistake] {
    get throws {
      guard let told = ClassMistakes(baseline), !told.mistakes.isEmpty else { return [] }
      let session = try session(baseline.run.settings)
      return told.mistakes.compactMap { mistake in
        session.validationPicture(at: mistake.image).flatMap(Charts.Picture.init).map {
          Pictures.Mistake(
            image: $0,
            label: mistake.label,
            answer: mistake.answer,
            confidence: mistake.confidence
          )
        }
      }
    }
  }

  /// Images of the baseline's first batch as the first level that mixes blends them.
  var mixtures: [Pictures.Mixture] {
    get throws {
      let levels = spec.axes.filter { $0.settings.contains("mixup_alpha") }
        .flatMap { axis in axis.levels.map(\.values) }
      let mixing = ([JSONObject()] + levels).map { baseline.run.settings.merging($0) }
        .first { $0["mixup_alpha"]?.double ?? 0 > 0 }
      guard let mixing else { return [] }
      return try session(mixing).mixtures(Self.mixtureLimit)
        .compactMap(Pictures.Mixture.init)
    }
  }

  private static func points(_ x: [Double], _ y: [Double]) -> [Point] {
    zip(x, y).map { Point(x: $0, y: $1) }
  }
}

extension Charts.Picture {
  /// An image of the trainer, whose values are from 0 to 1.
  fileprivate init?(_ picture: Training.Picture) {
    self.init(
      width: picture.columns,
      height: picture.rows,
      pixels: picture.values.map { UInt8((min(max($0, 0), 1) * 255).rounded()) }
    )
  }
}

extension Pictures.Mixture {
  fileprivate init?(_ mixture: Training.Mixture) {
    guard let image = Charts.Picture(mixture.image), let partner = Charts.Picture(mixture.partner),
      let blend = Charts.Picture(mixture.blend)
    else { return nil }
    self.init(image: image, partner: partner, blend: blend, share: mixture.share)
  }
}

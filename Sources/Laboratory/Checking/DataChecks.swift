import Notation
import Statistics
import Sweeps
import Training

/// Are the data what they should be?
extension SetUp {
  var overlap: [Finding] {
    guard case .bytes(let training) = dataset.train.values,
      case .bytes(let validation) = dataset.valid.values
    else { return [] }
    func images(_ pixels: Pixels) -> [[UInt8]] {
      pixels.withUnsafeBytes { bytes in
        stride(from: 0, to: bytes.count, by: dataset.train.size)
          .map { Array(bytes[$0..<$0 + dataset.train.size]) }
      }
    }
    let known = Set(images(training))
    let count = images(validation).count { known.contains($0) }
    return [Finding.overlap(count, of: dataset.valid.count)].compactMap(\.self)
  }

  /// Data whose classes are told apart by right and left.
  private static let handed = ["digits", "letters", "digit-traits"]

  var flips: [Finding] {
    guard let name = value(of: "dataset")?.string, SetUp.handed.contains(name) else { return [] }
    let axes = grid.axes.indices.filter { grid.axes[$0].settings.contains("augmentation") }
    let levels =
      axes.isEmpty
      ? [settings["augmentation"]]
      : axes.flatMap { axis in grid.axes[axis].levels.map { $0.values["augmentation"] } }
    return levels.compactMap { level in
      guard let level,
        let strengths = try? TrainingSettings(["augmentation": level]).augmentation,
        strengths.augmentations.contains(where: { $0 is Flip })
      else { return nil }
      let isAsked = spec.questions.contains {
        [$0.question.from, $0.question.to].contains(level.levelText)
      }
      return .flips(level.levelText, dataset: name, isAsked: isAsked)
    }
  }

  /// Metrics that are shares of the validation images.
  private static let shares: [Measurand?] = [.accuracy, .errorRate]

  var validationSet: [Finding] {
    spec.metrics.compactMap { metric in
      guard SetUp.shares.contains(metric.measurand), let value = whole.metrics[metric.name] else {
        return nil
      }
      return Finding.validationSet(metric, value: value, images: dataset.valid.count)
    }
  }
}

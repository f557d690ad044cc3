import Charts
import Statistics
import Sweeps

/// One quantity along x, a line per seed.
struct SeedLines {
  let name: String
  /// In the order of x.
  let lines: [[Point]]

  /// Takes the points of a curve metric from the runs of a cell; nil where none has such a curve.
  ///
  /// - Parameters:
  ///   - metric: Its name.
  ///   - name: What the line is called.
  ///   - cell: Whose runs.
  ///   - isSampled: Whether all points but the last are measured on a part of the set: the last, on the whole, would
  ///     be a step in the line.
  init?(_ metric: String, named name: String, in cell: NearCell, isSampled: Bool) {
    self.init(
      name: name,
      lines: cell.runs.map { run in
        let points = run.measurements.curve.compactMap { point in
          point.metrics[metric].map { Point(x: point.position, y: $0) }
        }
        return isSampled ? points.dropLast() : points
      }
    )
  }

  /// nil where no line has a point.
  init?(name: String, lines: [[Point]]) {
    let kept = lines.map { $0.filter { $0.x.isFinite && $0.y.isFinite } }.filter { !$0.isEmpty }
    guard !kept.isEmpty else { return nil }
    self.name = name
    self.lines = kept
  }

  /// The mean of the seeds that have a value, at each x that any has.
  var means: [(x: Double, sample: SeedMean)] {
    let byPosition = lines.map { line in
      Dictionary(line.map { ($0.x, $0.y) }) { _, last in last }
    }
    return Set(lines.joined().map(\.x)).sorted().map { x in
      (x, SeedMean(byPosition.compactMap { $0[x] }))
    }
  }

  /// As a chart draws it: thin lines, their mean, and the band of its 95 % interval.
  var series: LearningCurves.Series {
    let means = means
    let bands = means.compactMap { x, sample in sample.interval.map { (x, $0) } }
    return LearningCurves.Series(
      name: name,
      seeds: lines,
      mean: means.compactMap { x, sample in sample.mean.map { Point(x: x, y: $0) } },
      lower: bands.map { Point(x: $0, y: $1.lower) },
      upper: bands.map { Point(x: $0, y: $1.upper) }
    )
  }

  static let note = """
    A thin line is one seed, the thick line the mean over seeds and the band its 95 % t interval.
    """
}

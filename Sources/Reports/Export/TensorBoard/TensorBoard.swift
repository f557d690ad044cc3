import Foundation
import Notation
import Statistics
import Sweeps

/// A sweep as a folder that TensorBoard opens: one folder per run, and one file that describes them all.
///
/// ```text
/// events.out.tfevents.sweep                     the experiment: settings and metrics
/// dropout=0.5 tuning=full seed=0 5be5b8a1…/     one run: its curves, final values, settings
///   events.out.tfevents.sweep
/// ```
///
/// The final value of a metric has the tag `final/accuracy`, because a curve may have the metric's own name.
/// Runs of one cell are one group of the HParams tab, which then shows their mean. The store knows when a run
/// began and ended but not when each point was measured, so that points stand evenly between.
///
/// Reference: https://github.com/tensorflow/tensorboard, `plugin_data.proto` and `api.proto` under
/// `tensorboard/plugins/hparams`.
package struct TensorBoard: Sendable {
  /// A file and its path in the folder.
  package struct File: Sendable {
    /// The folder of the run, empty for the whole.
    package let folder: String
    package let bytes: [UInt8]
  }

  /// What every file is called: the name must hold `tfevents`, and the same name replaces an earlier export.
  package static let fileName = "events.out.tfevents.sweep"
  private static let plugin = "hparams"

  private let evidence: Evidence

  package init(_ evidence: Evidence) {
    self.evidence = evidence
  }

  /// Hands over one file after another.
  ///
  /// - Throws: What reading the curves or the caller throws.
  package func forEachFile(_ take: (File) throws -> Void) throws {
    try take(File(folder: "", bytes: experiment))
    var withCurve: Set<String> = []
    let records = Dictionary(evidence.records.map { ($0.run.id, $0) }) { first, _ in first }
    try evidence.curves.forEach(of: evidence.records) { curve in
      guard let record = records[curve.run] else { return }
      withCurve.insert(curve.run)
      try take(file(of: record, curve))
    }
    for record in evidence.records where !withCurve.contains(record.run.id) {
      try take(file(of: record, Curve(run: record.run.id, coordinates: [], series: [])))
    }
  }

  // MARK: One run

  private func file(of record: Record, _ curve: Curve) -> File {
    let started = record.started.timeIntervalSince1970
    let duration = record.duration.seconds
    var file = EventFile(wallTime: started)
    file.append(
      tag: "_hparams_/session_start_info",
      plugin: Self.plugin,
      content: content(3, sessionStart(record)),
      wallTime: started
    )
    let tags = curve.series.map { EventFile.Tag($0.metric) }
    let steps = steps(of: curve)
    for (index, step) in steps.enumerated() {
      file.append(
        step: step,
        wallTime: started + duration * Double(index + 1) / Double(steps.count),
        scalars: zip(tags, curve.series).compactMap { tag, series in
          series.values[index].map { (tag, $0) }
        }
      )
    }
    let final = record.measurements.final.sorted { $0.key < $1.key }
    file.append(
      step: steps.last ?? 0,
      wallTime: started + duration,
      scalars: final.map { (EventFile.Tag(Self.tag(final: $0.key)), $0.value) }
    )
    var end = ProtobufMessage()
    end.append(1, record.status == .ok ? 1 : 2 as Int64)
    end.append(2, started + duration)
    file.append(
      tag: "_hparams_/session_end_info",
      plugin: Self.plugin,
      content: content(4, end),
      wallTime: started + duration
    )
    return File(folder: folder(of: record.run), bytes: file.bytes)
  }

  /// The epochs or steps; where some are no whole numbers, the ordinals of the points counted from 1.
  private func steps(of curve: Curve) -> [Int64] {
    let whole = curve.coordinates.compactMap { Int64(exactly: $0.position) }
    return whole.count == curve.coordinates.count
      ? whole : (0..<curve.coordinates.count).map { Int64($0) + 1 }
  }

  private static func tag(final metric: String) -> String { "final/" + metric }

  private func sessionStart(_ record: Record) -> ProtobufMessage {
    var start = ProtobufMessage()
    for (axis, text) in zip(evidence.spec.axes, record.run.levels) {
      var value = ProtobufMessage()
      switch axis.kind {
      case .number: value.append(2, present: axis.value(text)?.double ?? .nan)
      case .truth: value.append(4, present: axis.value(text) == .boolean(true))
      // The text may be empty, and its presence says that it is one.
      case .text: value.append(3, bytes: Array(text.utf8))
      }
      var entry = ProtobufMessage()
      entry.append(1, axis.name)
      entry.append(2, value)
      start.append(1, entry)
    }
    start.append(4, cell(record.run))
    start.append(5, record.started.timeIntervalSince1970)
    return start
  }

  private func cell(_ run: Run) -> String {
    zip(evidence.spec.axes, run.levels).map { "\($0.name)=\($1)" }.joined(separator: " ")
  }

  /// A name that people recognize and every file system takes; the run's id makes it unique.
  private func folder(of run: Run) -> String {
    let text = (cell(run) + " seed=\(run.seed)").unicodeScalars.map { scalar -> String in
      let isPlain = scalar.isASCII && scalar.properties.isAlphabetic || "0"..."9" ~= scalar
      return isPlain || " =_.,+-".unicodeScalars.contains(scalar) ? String(scalar) : "-"
    }
    return text.joined().prefix(Self.folderLimit).trimmingCharacters(in: .whitespaces) + " "
      + run.id
  }

  /// File systems end at 255 bytes.
  private static let folderLimit = 200

  // MARK: The whole

  private var experiment: [UInt8] {
    let created = evidence.records.map { $0.started.timeIntervalSince1970 }.min() ?? 0
    var experiment = ProtobufMessage()
    experiment.append(6, evidence.spec.name)
    experiment.append(1, evidence.spec.question ?? "")
    experiment.append(3, created)
    for axis in evidence.spec.axes { experiment.append(4, setting(axis)) }
    for metric in finalMetrics {
      var name = ProtobufMessage()
      name.append(2, Self.tag(final: metric))
      var info = ProtobufMessage()
      info.append(1, name)
      info.append(3, metric)
      experiment.append(5, info)
    }
    var file = EventFile(wallTime: created)
    file.append(
      tag: "_hparams_/experiment",
      plugin: Self.plugin,
      content: content(2, experiment),
      wallTime: created
    )
    return file.bytes
  }

  /// The declared metrics first, then the others that were measured.
  private var finalMetrics: [String] {
    let declared = evidence.spec.metrics.map(\.name)
    var measured: Set<String> = []
    for record in evidence.records { measured.formUnion(record.measurements.final.keys) }
    return declared.filter(measured.contains) + measured.subtracting(declared).sorted()
  }

  private func setting(_ axis: Axis) -> ProtobufMessage {
    var info = ProtobufMessage()
    info.append(1, axis.name)
    var levels = ProtobufMessage()
    for level in axis.levels {
      var value = ProtobufMessage()
      switch axis.kind {
      case .number: value.append(2, present: level.scalar.double ?? .nan)
      case .truth: value.append(4, present: level.scalar == .boolean(true))
      case .text: value.append(3, bytes: Array(level.text.utf8))
      }
      levels.append(1, value)
    }
    info.append(4, axis.kind.rawValue)
    info.append(5, levels)
    return info
  }

  /// The plugin's envelope around one of its messages.
  private func content(_ field: Int, _ message: ProtobufMessage) -> ProtobufMessage {
    var content = ProtobufMessage()
    content.append(field, message)
    return content
  }
}

/// What the values of an axis are to the HParams tab, with its numbers for them.
private enum SettingKind: Int64 {
  case text = 1
  case truth = 2
  case number = 3
}

extension Axis {
  fileprivate var kind: SettingKind {
    let values = levels.map(\.scalar)
    if values.allSatisfy({ $0.double != nil }) { return .number }
    return values.allSatisfy { $0 == .boolean(true) || $0 == .boolean(false) } ? .truth : .text
  }

  fileprivate func value(_ text: String) -> JSON? { index(of: text).map { levels[$0].scalar } }
}

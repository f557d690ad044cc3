import Cluster
import Forms
import Foundation
import Notation
import Statistics
import Sweeps
import Training
import Worker

/// A reader of bytes from outside, by the name of its corpus.
///
/// A reader may refuse whatever it is given, with its own kind of error. What it must not do is end the program,
/// read beyond its bytes, or understand something else once it wrote what it understood.
enum Target: String, CaseIterable {
  case json, csv, spec, design, table, answers, chain, worker, metrics, pattern, form, tensors
  case idx, gzip, picture, queue, segment, submission

  /// Reads some bytes.
  func read(_ bytes: [UInt8]) {
    switch self {
    case .json: Self.json(bytes)
    case .csv: Self.csv(bytes)
    case .spec: Self.spec(bytes)
    case .design:
      refusing(SpecFaults.self) { _ = try DesignFile(source(bytes), vocabulary: []) }
    case .table: refusing(TableFaults.self) { _ = try RunsFile(source(bytes), design: nil) }
    case .answers:
      let found = PredictionImport(CSVTable(source(bytes)), questions: Self.asked.questions)
      for fault in found.faults { precondition(!fault.reason.isEmpty) }
    case .chain: Self.chain(bytes)
    case .worker: Self.worker(bytes)
    case .metrics: Self.metrics(bytes)
    case .pattern: Self.pattern(bytes)
    case .form: _ = FormFields(String(decoding: bytes, as: UTF8.self)).texts.count
    case .tensors:
      refusing(TrainingError.self) {
        try bytes.withUnsafeBytes { _ = try TensorFile(bytes: $0, name: "x") }
      }
    case .idx: refusing(TrainingError.self) { _ = try IDX.read(bytes, dimensions: 3, name: "x") }
    case .gzip:
      refusing(TrainingError.self) {
        try bytes.withUnsafeBufferPointer { _ = try Gzip.unpack($0, name: "x") }
      }
    case .picture: Self.picture(bytes)
    case .queue: Self.queue(bytes)
    case .segment: Self.segment(bytes)
    case .submission: Self.submission(bytes)
    }
  }

  private func source(_ bytes: [UInt8]) -> SourceText { SourceText(path: "x", bytes: bytes) }

  /// Runs a reader that may throw errors of one kind only.
  private func refusing<Fault: Error>(_ fault: Fault.Type, _ body: () throws -> Void) {
    do {
      try body()
    } catch {
      guard error is Fault else { preconditionFailure("\(error)") }
      precondition("\(error)".count > 5)
    }
  }
}

extension Target {
  /// A trainer without settings, for specs that have a command of their own.
  private static let trainer = Trainer(
    version: 1,
    settings: TrainingSettings.table,
    metrics: TrainerMetrics.all,
    dataSettings: ["dataset", "body"],
    dataDigest: { _, _ in "d" }
  )

  private static let asked: Spec = {
    let text = """
      {"name": "p", "command": ["x", "{a}"], "axes": {"a": [0, 1]},
       "seeds": 3, "metrics": {"loss": {"better": "lower", "delta": 0.02}},
       "questions": [{"id": "q1", "factor": "a", "from": 0, "to": 1, "metric": "loss"}]}
      """
    do {
      return try Spec.stored(text: text, directory: "/", trainer: trainer)
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  private static func json(_ bytes: [UInt8]) {
    var reader = JSONReader(SourceText(path: "x", bytes: bytes))
    _ = reader.document()
    guard let value = JSON(line: bytes) else { return }
    guard let again = JSON(line: Array(value.text.utf8)) else {
      preconditionFailure("what was written is not read: \(value.text)")
    }
    precondition(again.text == value.text, "\(value.text) became \(again.text)")
  }

  private static func csv(_ bytes: [UInt8]) {
    let table = CSVTable(SourceText(path: "x", bytes: bytes))
    for row in table.rows { precondition(row.line > 0) }
  }

  private static func spec(_ bytes: [UInt8]) {
    do {
      let text = String(decoding: bytes, as: UTF8.self)
      let spec = try Spec.stored(text: text, directory: "/nowhere", trainer: trainer)
      let again = try Spec.stored(text: spec.text, directory: "/nowhere", trainer: trainer)
      precondition(again == spec, spec.text)
      // A grid of any size is a lazy product: its first and last run are made, and nothing between.
      guard let grid = try? Grid(spec, trainer: trainer, files: NoFiles()), !grid.isEmpty else {
        return
      }
      precondition(grid[0].id == grid.id(at: 0))
      precondition(grid[grid.count - 1].id == grid.id(at: grid.count - 1))
    } catch {
      for fault in error.faults { precondition(!fault.description.isEmpty) }
    }
  }

  private static func chain(_ bytes: [UInt8]) {
    guard let chain = try? PredictionChain(String(decoding: bytes, as: UTF8.self)) else { return }
    for link in chain.latest { precondition(!link.prediction.payload(config: "").members.isEmpty) }
  }

  private static func worker(_ bytes: [UInt8]) {
    var output = WorkerOutput()
    var splitter = LineSplitter()
    // Cut where the first byte says, as a pipe cuts.
    let cut = min(bytes.count, Int(bytes.first ?? 0))
    for part in [bytes[..<cut], bytes[cut...]] {
      Array(part).withUnsafeBytes {
        splitter.read($0) { if case .line(let line) = $0 { _ = output.read(line) } }
      }
    }
    splitter.end { if case .line(let line) = $0 { _ = output.read(line) } }
    for name in output.measurements.final.keys { precondition(!name.utf8.contains(0)) }
  }

  /// A table and lines, the file's first byte says which.
  private static func metrics(_ bytes: [UInt8]) {
    let name = bytes.first == UInt8(ascii: "{") ? "x.jsonl" : "x.csv"
    let path = "\(NSTemporaryDirectory())/fuzz-\(getpid())-\(name)"
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else { return }
    defer { unlink(path) }
    var output = WorkerOutput()
    try? MetricsFile(path: path).give(to: &output)
    _ = output.measurements
  }

  /// An expression on the first line, and a line that it is tried on.
  private static func pattern(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2,
      let pattern = try? LinePattern(String(decoding: parts[0], as: UTF8.self))
    else { return }
    _ = pattern.metrics(in: String(decoding: parts[1].prefix(200), as: UTF8.self))
  }

  private static func picture(_ bytes: [UInt8]) {
    // What the header promises is bounded before anything is decoded, so that the fuzzer's memory is not the limit.
    guard let picture = try? PictureFile(bytes, name: "x") else { return }
    precondition(picture.rows > 0 && picture.columns > 0)
  }
}

/// A disk on which there is nothing.
private struct NoFiles: SpecFiles {
  func bytes(of path: String) throws(SpecError) -> [UInt8] { throw .missingFile(path) }
  func exists(_ path: String) -> Bool { false }
  func canonical(_ path: String) -> String { path }
  func digest(of inputs: [String], in directory: String) throws(SpecError) -> InputDigest {
    throw .missingFile(directory)
  }
}

extension Target {
  /// What Slurm may say of its queue: any line is of a job with a number, and any task one that an array can have.
  private static func queue(_ bytes: [UInt8]) {
    let answer = QueueAnswer(String(decoding: bytes, as: UTF8.self))
    for line in answer.lines {
      precondition(!line.name.isEmpty && line.job.utf8.allSatisfy { (48...57).contains($0) })
      precondition(line.tasks.allSatisfy { $0 >= 0 })
      precondition(answer.lines(of: line.name).contains(line))
    }
    precondition(answer.lines.reduce(0) { $0 + $1.tasks.count } <= 1_000_000)
  }

  /// What a node's file tells: the same once it was written again.
  private static func segment(_ bytes: [UInt8]) {
    guard let segment = Segment(bytes) else { return }
    guard let again = Segment(Array(segment.text.utf8)) else {
      preconditionFailure("what was written is not read: \(segment.text)")
    }
    precondition(again.lines.count == segment.lines.count && again.task == segment.task)
    for (line, other) in zip(segment.lines, again.lines) {
      switch (line, other) {
      case (.began(let run, _, _), .began(let same, _, _)): precondition(run == same)
      case (.ended(let ending), .ended(let same)):
        precondition(ending.run == same.run && ending.outcome == same.outcome)
        precondition(ending.measurements.correct == same.measurements.correct)
        precondition(ending.measurements.final.count == same.measurements.final.count)
        precondition(ending.duration >= .zero)
      case (.began, .ended), (.ended, .began): preconditionFailure(again.text)
      }
    }
  }

  /// What `sbatch` may answer, and the options that a person gives to it.
  private static func submission(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let job = Submission.job(in: text) {
      precondition(!job.isEmpty && job.utf8.allSatisfy { (48...57).contains($0) })
      precondition(text.contains(job))
    }
    _ = Submission.isTransient(text)
    let options = Submission.options(in: text)
    if let processors = Submission.processors(in: options) { precondition(processors > 0) }
    if let conflict = Submission.conflict(in: options) { precondition(options.contains(conflict)) }
  }
}

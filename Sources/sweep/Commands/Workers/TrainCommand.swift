import ArgumentParser
import Foundation
import Notation
import Statistics
import Storage
import Training

/// The worker: one training, settings in, JSON lines out.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train one network and print its curve and results as JSON lines.",
    discussion: """
      What 'sweep run' starts for every run, usable by hand:
        echo '{"train_size": 200, "epochs": 5}' | sweep train --settings - --seed 1
      """
  )

  @Option(help: "A JSON file of settings, or - for standard input (default: $SWEEP_SETTINGS).")
  var settings: String?

  @Option(help: "The seed of every random stream (default: $SWEEP_SEED, or 0).")
  var seed: Int?

  @Option(
    help: "A folder through which runs share decoded data and features; no result depends on it."
  )
  var cache: String?

  @Option(help: "Write the trained body to a .safetensors file, which the setting 'body' takes.")
  var saveBody: String?

  @Option(
    help: ArgumentHelp(
      "Write the whole trained network to a .safetensors file, with a description of its layers.",
      discussion: """
        A run that diverges before it has results writes none. The setting 'body' takes its body, with the setting head 'file' its head too, and examples/pytorch reads it in PyTorch.
        """
    )
  )
  var save: String?

  @Flag(
    help: ArgumentHelp(
      "Print every number of one step of a small network, with each slope measured a second way.",
      discussion: "Two dense layers learn the curve, unless --settings says otherwise."
    )
  )
  var trace = false

  @Flag(help: "Instead of training, try ever larger learning rates and print the loss at each.")
  var lrFind = false

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    if trace { return try printTrace(seed: try seed ?? Self.seed(in: environment)) }
    guard let path = settings ?? environment["SWEEP_SETTINGS"] else {
      throw ValidationError(
        .missing,
        "No settings: give --settings FILE, or - to read standard input."
      )
    }
    let seed = try seed ?? Self.seed(in: environment)
    do {
      let settings = try TrainingSettings(try Self.values(at: path))
      if save != nil, settings.tuning == .neighbours {
        throw ValidationError(
          .exclusive,
          "With tuning 'knn' training examples answer, and --save would write a head that learned nothing; "
            + "--save-body writes the body."
        )
      }
      let kept = try KeptFiles(environment)
      if lrFind { return try Self.findLearningRate(settings, seed: seed) }
      let session = try TrainingSession(settings, seed: seed, cache: cache)
      try kept.check(session)
      var isMeasured = false
      try session.run { event in
        if case .final = event { isMeasured = true }
        try Output.standard.write(event.line + "\n")
      }
      // Weights that gave no result are nobody's network.
      guard isMeasured else {
        let files = [save, saveBody].compactMap { $0 }.map { "'\($0)'" }
        if files.isEmpty { return }
        return printError(
          "The run diverged and has no results: \(files.joined(separator: " and ")) \(files.count == 1 ? "is" : "are") not written."
        )
      }
      try kept.write(session)
      if let save { try Data(session.weights.bytes).write(to: URL(fileURLWithPath: save)) }
      if let saveBody { try Data(session.body.bytes).write(to: URL(fileURLWithPath: saveBody)) }
    } catch let error as TrainingError {
      throw ValidationError(signed(error.description, error))
    }
  }

  private func printTrace(seed: Int) throws {
    do {
      let given = try settings.map(Self.values) ?? JSONObject()
      let settings = try TrainingSettings(TrainingSession.tracedSettings.merging(given))
      let session = try TrainingSession(settings, seed: seed)
      try Output.standard.line(try session.tracedStep().text(settings, task: session.task))
    } catch let error as TrainingError {
      throw ValidationError(signed(error.description, error))
    }
  }

  /// Prints a line per rate, and the two rates that are usually chosen from them.
  private static func findLearningRate(_ settings: TrainingSettings, seed: Int) throws {
    var trials: [(rate: Double, loss: Double)] = []
    try TrainingSession(settings, seed: seed).findLearningRate { rate, loss in
      trials.append((rate, loss))
      let line: JSON = [
        "step": .number(JSONNumber(trials.count)), "learning_rate": .number(JSONNumber(rate)),
        TrainerMetrics.runningLoss.name: .number(JSONNumber(loss)),
      ]
      try Output.standard.json(line)
    }
    guard let rates = LearningRateRange.suggestions(trials) else { return }
    let line: JSON = [
      "final": [
        "steepest": .number(JSONNumber(rates.steepest)),
        "tenth_of_lowest": .number(JSONNumber(rates.tenthOfLowest)),
      ]
    ]
    try Output.standard.json(line)
  }

  private static func seed(in environment: [String: String]) throws -> Int {
    guard let text = environment["SWEEP_SEED"] else { return 0 }
    guard let seed = Int(text) else {
      throw ValidationError(.environment, "SWEEP_SEED is '\(text)'; it must be a whole number.")
    }
    return seed
  }

  private static func values(at path: String) throws -> JSONObject {
    let text: Data
    do {
      text =
        path == "-"
        ? try FileHandle.standardInput.readToEnd() ?? Data()
        : try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw ValidationError(
        .unreadableFile,
        "The settings file '\(path)' cannot be read: \(error.reason)."
      )
    }
    var reader = JSONReader(SourceText(path: path, bytes: Array(text)))
    guard let settings = reader.document()?.value.object, reader.faults.isEmpty else {
      throw ValidationError(.unreadableFile, "The settings in '\(path)' are not one JSON object.")
    }
    return settings
  }
}

extension TrainingEvent {
  /// The event as the JSON line that the worker protocol asks for.
  var line: String {
    let json: JSON
    switch self {
    case .point(let epoch, let metrics):
      json = .object(
        JSONObject([.init(key: "epoch", value: .number(JSONNumber(epoch)))] + metrics.map(\.member))
      )
    case .reliability(let bins):
      json = [
        "final": [
          "reliability": .array(
            bins.map { bin in
              [
                .number(JSONNumber(bin.count)), .number(JSONNumber(bin.right)),
                .number(JSONNumber(bin.confidence)),
              ]
            }
          )
        ]
      ]
    case .answers(let answers): json = ["final": answers.json]
    case .final(let metrics, let correct):
      var object: JSONObject = ["final": .object(JSONObject(metrics.map(\.member)))]
      if !correct.isEmpty { object["correct"] = .string(Self.base64(correct)) }
      json = .object(object)
    case .diverged(let epoch, let reason):
      json = [
        "diverged": ["epoch": .number(JSONNumber(epoch)), "reason": .string(reason)]
      ]
    }
    return json.text
  }

  /// Packs bits into bytes, the first bit highest, and writes them in base64.
  private static func base64(_ bits: [Bool]) -> String {
    var bytes = Data(count: (bits.count + 7) / 8)
    for (place, bit) in bits.enumerated() where bit { bytes[place / 8] |= 0x80 >> (place % 8) }
    return bytes.base64EncodedString()
  }
}

extension MetricValue {
  fileprivate var member: JSONObject.Member {
    JSONObject.Member(key: name, value: .number(JSONNumber(value)))
  }
}

extension Error {
  /// The reason alone, as it stands in the middle of a sentence.
  var reason: String { Storage.reason(of: self) }
}

import ArgumentParser
import Charts
import Foundation
import Laboratory
import Notation
import Serving

/// Serves a lesson to phones and a projector, or a window on a results folder.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve a lesson to phones and a projector, or a window on a results folder.",
    discussion: """
      With a spec: the room for phones, the screen for the projector, and the desk that leads the lesson. Everything \
      is kept; the same command goes on after anything.
        sweep serve sweeps/regularization.json --questions augment,mirror,dropout
      With --set keep=weights phones can draw a digit, or take a photograph, after the last reveal, and the networks of \
      the runs say what they take it for.
      Without one: sweeps, runs and reports of the results folder, for reading only.
      """
  )

  @Argument(help: "The spec that the lesson is about.")
  var spec: String?

  @Option(help: "The port; 0 for any that is free.")
  var port = 8080

  @Option(help: "The address to listen at; 127.0.0.1 for this machine alone.")
  var bind = "0.0.0.0"

  @OptionGroup var folder: ResultsOptions

  @Option(name: .customLong("set"), help: "Override a key of the spec, as in --set seeds=8.")
  var overrides: [String] = []

  @Option(
    help: """
      Only these questions, in this order, as in --questions augment,dropout; without it those that the spec marks.
      """
  )
  var questions: String?

  @Flag(help: "Let the desk stand on another machine; its address has a secret in it.")
  var deskAnywhere = false

  @Flag(help: "Serve nothing but a page that says 'Yes, you reach me', to try the room's network.")
  var check = false

  @Option(help: "Show the lesson that this file holds again; nothing is changed.")
  var replay: String?

  func validate() throws {
    guard 0...65535 ~= port else {
      throw ValidationError(
        .outOfBounds,
        "'--port \(port)' is no port; use one from 1024 to 65535."
      )
    }
    if replay != nil, spec != nil {
      throw ValidationError(
        .exclusive,
        "'--replay' takes its spec from the file; leave the spec out."
      )
    }
    if spec == nil, questions != nil {
      throw ValidationError(.missing, "'--questions' takes a part of a spec's; name the spec.")
    }
  }

  private var address: ServerAddress { ServerAddress(host: bind, port: port) }

  func run() async throws {
    if check { return try await serving { try await checkReach() } }
    if let replay { return try await serving { try await show(replay) } }
    guard let spec else { return try await serving { try await openWindow() } }
    let server = try LessonServer(
      try Experiment(specAt: spec, overrides: overrides, in: folder.laboratory),
      questions: questions.map { $0.split(separator: ",").map(String.init) } ?? [],
      at: address,
      isDeskAnywhere: deskAnywhere,
      code: RefusalCode.name
    )
    try await serving { try await server.run(ready: welcome) }
  }

  /// Serves until Ctrl-C or SIGTERM; a second one does not wait.
  private func serving(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let serving = Task { try await body() }
    let signals = watchSignals { count in
      if count > 1 { _exit(ExitCode.interrupted.rawValue) }
      serving.cancel()
    }
    defer { signals.cancel() }
    try await serving.value
  }

  // MARK: The terminal

  private func welcome(_ welcome: LessonServer.Welcome) {
    var lines = ["", "The room      \(welcome.rooms[0])   code \(welcome.code)"]
    lines += welcome.rooms.dropFirst().map { "  or          \($0)" }
    lines += ["The screen    \(welcome.screen)", "The desk      \(welcome.desk)", ""]
    lines.append(
      address.isEverywhere
        ? "Everybody on this network can join; --bind chooses who. Ctrl-C ends, the same command goes on."
        : "Only \(bind) is listened at. Ctrl-C ends, the same command goes on."
    )
    say(lines, qr: welcome.qr)
  }

  /// What a terminal can show goes to a terminal; a file gets the lines.
  private func say(_ lines: [String], qr: QRCode?) {
    try? Output.standard.lines(lines)
    guard let qr, isatty(STDOUT_FILENO) == 1 else { return }
    // Dark on light, whatever the colours of the terminal.
    let rows = qr.blocks.split(separator: "\n").map { "\u{1B}[97;40m\($0)\u{1B}[0m" }
    try? Output.standard.write(rows.joined(separator: "\n") + "\n")
  }

  private func openWindow() async throws {
    try await WindowServer(folder.laboratory, at: address).run { addresses in
      say(["\(folder.results), for reading: " + addresses.joined(separator: "  ")], qr: nil)
    }
  }

  private func checkReach() async throws {
    try await CheckServer(at: address).run { reach in
      let tried = reach.map {
        "\($0.url)/check   " + ($0.answers ? "answers here" : "does not answer")
      }
      say(tried + [""] + CheckPage.advice, qr: reach.first.flatMap { QRCode($0.url + "/check") })
    }
  }

  private func show(_ path: String) async throws {
    let source = try SourceText(at: path)
    guard let record = try LessonRecord(String(decoding: source.bytes, as: UTF8.self), path: path)
    else {
      throw ValidationError(.unreadableFile, "'\(path)' holds no lesson.")
    }
    let spec = try folder.laboratory.spec(text: record.header.spec)
    let server = try LessonServer(
      replaying: record,
      of: spec,
      at: address,
      code: RefusalCode.name
    )
    try await server.run(ready: welcome)
  }
}

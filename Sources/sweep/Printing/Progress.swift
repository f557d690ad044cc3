import Execution
import Foundation
import Notation
import Statistics
import Sweeps
import Synchronization

/// What a person or a program sees of a sweep while it runs.
final class Progress: Sendable {
  enum Style: Sendable {
    /// A view that is redrawn on a terminal, plain lines elsewhere.
    case automatic
    case quiet
    case json
  }

  private struct State {
    var view: LiveView
    var timeLeft: TimeLeft
    var means: MetricMeans
    var drawnLines = 0
    var lastDrawn = SuspendingClock().now
    /// Why an event could not be written; the sweep goes on without it.
    var failure: Output.Failure?
  }

  private let state: Mutex<State>
  private let spec: Spec
  private let folders: SweepFolders
  private let style: Style
  private let estimate: TimeEstimate?
  private let showsResults: Bool
  private let isLive: Bool

  /// - Parameters:
  ///   - spec: What runs.
  ///   - grid: All its runs.
  ///   - plan: Those of this start.
  ///   - estimate: How long they will take; nil where nothing is known.
  ///   - jobs: Runs at a time.
  ///   - results: The results folder.
  ///   - style: For whom.
  ///   - showsResults: Whether no open prediction is given away by what the runs measured.
  init(
    spec: Spec,
    grid: Grid,
    plan: RunPlan,
    estimate: TimeEstimate?,
    jobs: Int,
    results: String,
    style: Style,
    showsResults: Bool
  ) {
    self.spec = spec
    self.style = style
    self.estimate = estimate.flatMap { $0.seconds >= 1 ? $0 : nil }
    self.showsResults = showsResults
    folders = SweepFolders(results: results, folder: spec.folder)
    isLive = style == .automatic && isatty(STDERR_FILENO) == 1
    state = Mutex(
      State(
        view: LiveView(name: spec.name, total: plan.indices.count),
        timeLeft: TimeLeft(grid: grid, indices: plan.indices, jobs: jobs),
        means: MetricMeans(
          names: spec.metrics.map(\.name),
          baseline: spec.axes.map(\.baseline.text)
        )
      )
    )
  }

  func show(_ event: SweepEvent) {
    if style == .json {
      let axes = spec.axes.map(\.name)
      return printLine(EventLines.object(event, axes: axes, showsResults: showsResults))
    }
    switch event {
    case .planned(let plan):
      guard style != .quiet else { return }
      line(plan.sentence)
      if let estimate { line("That will take \(estimate.text).") }
    case .endedLeftovers(let count):
      line(
        "\(count) program\(count == 1 ? "" : "s") of a start that was killed still ran, and \(count == 1 ? "was" : "were") ended."
      )
    case .began(let run, _, let slot, _): began(run, slot: slot)
    case .ended(let record, _, let willRetry): ended(record, willRetry)
    case .looked(let news): looked(news)
    case .rested(let device, let failures):
      line(
        "Device \(device) is rested: the last \(failures) runs on it failed. It gets no more of this start."
      )
    case .noted(let sentence): line(sentence)
    case .stopping(let reason): line(reason.sentence)
    }
  }

  /// Tells how the sweep ended.
  ///
  /// - Throws: `Output.Failure` where events could not be written.
  func show(_ end: SweepEnd, command: String) throws {
    if style == .json {
      printLine(EventLines.object(end))
      if let failure = state.withLock({ $0.failure }) { throw failure }
      return
    }
    if !end.failures.isEmpty, style != .quiet {
      line(
        "\(end.failures.count.grouped) run\(end.failures.count == 1 ? "" : "s") without a result:"
      )
      for record in end.failures.prefix(20) { line(failure(record)) }
      if end.failures.count > 20 {
        line("... and \((end.failures.count - 20).grouped) more; 'sweep runs' lists them.")
      }
    }
    line(end.ledger.description)
    if !end.isConsistent {
      line(
        "Error: this is not the sum that was kept while the runs came in; the database was changed."
      )
    }
    if end.isLeft {
      line("\((end.pending + end.ledger.running).grouped) runs are with Slurm, which goes on.")
    }
    if end.reason == .interrupted { line("Go on with: \(command)") }
  }

  /// Redraws the view once a second for as long as the task is not cancelled.
  func keepDrawing() async {
    guard isLive else { return }
    while (try? await Task.sleep(for: .seconds(1))) != nil { draw(isUrgent: true) }
  }

  private func looked(_ news: LookNews) {
    state.withLock { state in
      state.view.total += news.added.indices.count
      state.timeLeft.add(indices: news.added.indices)
    }
    if style != .quiet { line(news.sentence) }
  }

  private func began(_ run: Run, slot: Int) {
    state.withLock { state in
      state.view.begun += 1
      state.view.running[run.id] = LiveView.Running(
        slot: slot,
        text: run.cellText(of: spec),
        levels: run.levels,
        start: SuspendingClock().now
      )
    }
    if isLive { draw() }
  }

  private func ended(_ record: Record, _ willRetry: Bool) {
    state.withLock { state in
      let text = state.view.running.removeValue(forKey: record.run.id)?.text
      guard record.status.isConcluded else { return }
      if !willRetry { state.view.done += 1 }
      if record.status == .ok {
        state.timeLeft.add(record)
        state.means.add(record)
        if showsResults { state.view.results = state.means.text }
        if record.duration > state.view.slowest?.duration ?? .zero {
          state.view.slowest = (text ?? record.run.cellText(of: spec), record.duration)
        }
      } else if !willRetry {
        state.view.failed += 1
      }
    }
    if record.status.isConcluded, record.status != .ok {
      line(failure(record) + (willRetry ? "\n  It is tried again." : ""))
    }
    guard style != .quiet, record.status.isConcluded else { return }
    if isLive { draw() } else { plainLine() }
  }

  /// One line at most every second, and one for the end.
  private func plainLine() {
    let text = state.withLock { state -> String? in
      let now = SuspendingClock().now
      let isLast = state.view.done == state.view.total
      guard isLast || state.lastDrawn.duration(to: now) >= .seconds(1) else { return nil }
      state.lastDrawn = now
      let left = isLast ? nil : estimate(state, now)
      return "\(state.view.done.grouped)/\(state.view.total.grouped) done, "
        + "\(state.view.failed.grouped) failed" + (left.map { ", \($0.readable) left" } ?? "")
        + (state.view.results.map { "; \($0)" } ?? "")
    }
    if let text { line(text) }
  }

  private func estimate(_ state: State, _ now: SuspendingClock.Instant) -> Duration? {
    state.timeLeft.estimate(
      begun: state.view.begun,
      running: state.view.running.values.map { ($0.levels, $0.start.duration(to: now).seconds) }
    )
  }

  private func draw(isUrgent: Bool = false) {
    state.withLock { state in
      let now = SuspendingClock().now
      guard isUrgent || state.lastDrawn.duration(to: now) >= .milliseconds(100) else { return }
      state.lastDrawn = now
      let lines = state.view.lines(
        width: terminalWidth,
        left: estimate(state, now),
        now: now
      )
      write(Self.erasing(state.drawnLines) + lines.joined(separator: "\n") + "\n")
      state.drawnLines = lines.count
    }
  }

  private func failure(_ record: Record) -> String {
    record.failureText(of: spec, log: folders.log(of: record.run, attempt: record.attempt))
  }

  /// Moves the cursor to the first of the lines drawn last, and clears from there.
  private static func erasing(_ lines: Int) -> String {
    lines == 0 ? "" : "\u{1B}[\(lines)F\u{1B}[J"
  }

  private func line(_ text: String) {
    state.withLock { state in
      write(Self.erasing(state.drawnLines) + Output.visible(text) + "\n")
      state.drawnLines = 0
    }
  }

  private func write(_ text: String) {
    // A terminal that is gone, or a full disk, must not end the sweep.
    try? Output.errors.write(text)
  }

  private func printLine(_ object: JSON) {
    do {
      try Output.standard.json(object)
    } catch .readerGone {
      return
    } catch {
      state.withLock { $0.failure = error }
    }
  }
}

import ArgumentParser
import Execution
import Foundation
import Laboratory
import Sweeps

/// Where runs are made.
struct PlaceOptions: ParsableArguments {
  @Option(
    help:
      "The graphics cards that runs are given, one to a slot, as in --devices 0,1,2,3; or 'auto'."
  )
  var devices: String?

  @Option(help: "Runs at a time on one device (default: 1).")
  var perDevice: Int?

  @Option(help: "Where the runs are made: local, or slurm (default: what the spec says, or local).")
  var executor: PlaceRequest.Kind?

  @Option(help: "Tasks of Slurm at a time (default: \(SlurmSettings.usualSlots)).")
  var slots: Int?

  @Option(
    parsing: .unconditional,
    help: "What 'sbatch' is told besides, as in --slurm '--partition=gpu --gres=gpu:1'."
  )
  var slurm: String?

  @Option(help: "Runs of one task of Slurm, or 'auto' for as many as take about five minutes.")
  var chunk: String?

  @Option(help: "A folder that all nodes see at the same path (default: the results folder).")
  var shared: String?

  @Flag(
    help: "Hand all runs to Slurm and leave; the same command without this takes in what comes."
  )
  var detach = false

  func validate() throws {
    if let perDevice, perDevice < 1 {
      throw ValidationError(
        .outOfBounds,
        "'--per-device \(perDevice)' starts nothing; use 1 or more."
      )
    }
    if let slots, slots < 1 {
      throw ValidationError(.outOfBounds, "'--slots \(slots)' starts nothing; use 1 or more.")
    }
    if let chunk, chunk != "auto", Int(chunk).map({ $0 < 1 }) ?? true {
      throw ValidationError(.badValue, "'--chunk \(chunk)' is neither a count from 1 nor 'auto'.")
    }
    _ = try listed()
    guard executor == .local else { return }
    for (flag, isThere) in [
      ("--slots", slots != nil), ("--slurm", slurm != nil), ("--chunk", chunk != nil),
      ("--shared", shared != nil), ("--detach", detach),
    ] where isThere {
      throw ValidationError(.exclusive, "'\(flag)' is for Slurm, and '--executor local' is not.")
    }
  }

  /// What was said, and that a flag of Slurm's means Slurm.
  func request() throws -> PlaceRequest {
    var request = PlaceRequest()
    let meansSlurm = slots != nil || slurm != nil || chunk != nil || shared != nil || detach
    request.kind = executor ?? (meansSlurm ? .slurm : nil)
    request.devices = try listed()
    request.perDevice = perDevice
    request.options = slurm.map { Submission.options(in: $0) }
    request.slots = slots
    if let chunk { request.chunk = .some(Int(chunk)) }
    request.shared = shared.map(absolutePath)
    request.detaches = detach
    let pace = ProcessInfo.processInfo.environment["SWEEP_SLURM_PACE"].flatMap(Double.init)
    if let pace, pace > 0, pace <= 1 { request.pace = pace }
    return request
  }

  private func listed() throws -> ExecutorSettings.Devices? {
    guard let devices else { return nil }
    if devices == "auto" { return .automatic }
    let names = devices.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard names.allSatisfy(ExecutorSettings.isDevice), Set(names).count == names.count else {
      throw ValidationError(
        .badValue,
        "'--devices \(devices)' is neither 'auto' nor a list such as 0,1,2,3 in which each stands once."
      )
    }
    return .listed(names)
  }
}

extension PlaceRequest.Kind: ExpressibleByArgument {}

import ArgumentParser
import Laboratory
import Notation
import Reports

/// What kept networks say of pictures.
struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Ask the kept networks of every cell what is on a picture, and how sure they are.",
    discussion: """
      Runs keep their networks where the spec has "keep": ["weights"]. A picture is prepared as those \
      of the validation set are; the networks of a cell are asked one by one, and their probabilities \
      averaged:
        sweep classify sides cat.jpg dog.jpg
      """
  )

  @Argument(
    help: "The name of a sweep, or the id of a run, or the beginning of it.",
    completion: CompletedName.sweepOrRun
  )
  var name: String

  @Argument(help: "PNG, JPEG and WebP files.", completion: .file())
  var pictures: [String]

  @OptionGroup var folder: ResultsOptions

  @Option(
    help: "The sweep that the run is of, where several have it.",
    completion: CompletedName.sweep
  )
  var sweep: String?

  @Flag(help: "Show answers although predictions are open; this is written down.")
  var showResults = false

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "Colours of the table: auto, always or never.")
  var color = Screen.Color.auto

  func run() throws {
    let found = try folder.laboratory.opinions(
      on: pictures,
      of: name,
      in: sweep,
      .init(showResults: showResults, of: "classify")
    )
    found.warn(wasAskedFor: true)
    guard let opinions = found.value else { return printError(sealedSentence) }
    if json { return try Output.standard.json(opinions.json) }
    try writing(to: nil, color: color) { try Terminal.write(opinions.report, to: $0) }
  }
}

extension PictureOpinions {
  fileprivate var report: PictureReport {
    PictureReport(
      of: sweep,
      axes: axes,
      pictures: pictures.enumerated().map { place, name in
        (name, cells.map { $0.row(on: place) })
      }
    )
  }

  /// The answers with the mean probability of every class.
  fileprivate var json: JSON {
    [
      "sweep": .string(sweep),
      "pictures": .array(
        pictures.enumerated().map { place, name in
          ["path": .string(name), "cells": .array(cells.map { $0.json(on: place, axes: axes) })]
        }
      ),
    ]
  }
}

extension CellOpinion {
  fileprivate func row(on picture: Int) -> PictureReport.Row {
    let answer = answer(on: picture)
    return PictureReport.Row(
      levels: levels,
      answer: classes[answer.place],
      probability: answer.probability,
      range: answer.range,
      agreeing: answer.agreeing,
      count: seeds.count
    )
  }

  fileprivate func json(on picture: Int, axes: [String]) -> JSON {
    let answer = answer(on: picture)
    func object(_ keys: [String], _ values: [JSON]) -> JSON {
      .object(JSONObject(zip(keys, values).map { JSONObject.Member(key: $0, value: $1) }))
    }
    return [
      "levels": object(axes, levels.map(JSON.string)), "answer": .string(classes[answer.place]),
      "probability": number(answer.probability), "least": number(answer.range.lowerBound),
      "most": number(answer.range.upperBound), "agreeing": JSON(answer.agreeing),
      "seeds": .array(seeds.map { JSON($0) }),
      "probabilities": object(classes, answer.means.map(number)),
    ]
  }
}

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
      Of a body that a run left as it was, its digest is kept and not its weights: the body has to lie \
      where it lay.
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

  @Option(
    help: ArgumentHelp(
      "Show what in a picture speaks for the answer of each cell: a page (FILE.html), or a drawing of one picture (FILE.svg).",
      discussion: """
        Orange places add to the answer, blue ones take from it. The networks have to pool their last features; dense layers \
        over pixels know no places.
        """,
      valueName: "file"
    ),
    completion: .file(extensions: ["html", "svg"])
  )
  var map: String?

  @Flag(help: "Show answers although predictions are open; this is written down.")
  var showResults = false

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "Colours of the table: auto, always or never.")
  var color = Screen.Color.auto

  func validate() throws {
    guard let map else { return }
    guard map.hasSuffix(".html") || map.hasSuffix(".svg") else {
      throw ValidationError(
        .badValue,
        "'--map \(map)' writes a page or a drawing; end its name in .html or .svg."
      )
    }
    if map.hasSuffix(".svg"), pictures.count > 1 {
      throw ValidationError(
        .exclusive,
        "'--map \(map)' draws one picture, and there are \(pictures.count); a page (.html) shows several."
      )
    }
  }

  func run() throws {
    let found = try folder.laboratory.opinions(
      on: pictures,
      of: name,
      in: sweep,
      wantsMaps: map != nil,
      .init(showResults: showResults, of: "classify")
    )
    found.warn(wasAskedFor: true)
    guard let opinions = found.value else { return printError(sealedSentence) }
    if let map { try write(opinions.report, to: map) }
    if json { return try Output.standard.json(opinions.json) }
    try writing(to: nil, color: color) { try Terminal.write(opinions.report, to: $0) }
  }

  private func write(_ report: PictureReport, to map: String) throws {
    guard let drawing = report.mapFile(0) else {
      throw ValidationError(
        .exclusive,
        "'--map' shows places, and no network of '\(report.title)' keeps them: "
          + "take a network that pools what convolutions make of a picture, such as model 'cnn'."
      )
    }
    try writing(to: map) { destination in
      if map.hasSuffix(".svg") {
        try destination.write(drawing)
      } else {
        try HTML.write(report, to: destination)
      }
    }
  }
}

extension PictureOpinions {
  fileprivate var report: PictureReport {
    PictureReport(
      of: sweep,
      axes: axes,
      pictures: pictures.enumerated().map { place, name in
        let peak = cells.compactMap { $0.peak(on: place) }.max() ?? 0
        return (name, cells.map { $0.row(on: place, peak: peak) })
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
  fileprivate func row(on picture: Int, peak: Double) -> PictureReport.Row {
    let answer = answer(on: picture)
    let span = [answer.probability, answer.range.lowerBound, answer.range.upperBound]
    let reported: (kind: PictureReport.Kind, words: String, numbers: [Double]) =
      switch kind {
      case .oneClass: (.oneClass, classes[answer.place], span)
      case .traits: (.traits(classes), presentTraits(answer), answer.means)
      case .number: (.number, classes[answer.place], span)
      }
    return PictureReport.Row(
      levels: levels,
      kind: reported.kind,
      answer: reported.words,
      numbers: reported.numbers,
      agreeing: answer.agreeing,
      count: seeds.count,
      look: looks[picture].asShown,
      map: map(on: picture, peak: peak)
    )
  }

  private func presentTraits(_ answer: Answer) -> String {
    answer.present.isEmpty ? "none" : answer.present.map { classes[$0] }.joined(separator: ", ")
  }

  fileprivate func json(on picture: Int, axes: [String]) -> JSON {
    let answer = answer(on: picture)
    func object(_ keys: [String], _ values: [JSON]) -> JSON {
      .object(JSONObject(zip(keys, values).map { JSONObject.Member(key: $0, value: $1) }))
    }
    let seeds = JSON.array(seeds.map { JSON($0) })
    let cell = object(axes, levels.map(JSON.string))
    let (least, most) = (number(answer.range.lowerBound), number(answer.range.upperBound))
    switch kind {
    case .oneClass:
      return [
        "levels": cell, "answer": .string(classes[answer.place]),
        "probability": number(answer.probability), "least": least, "most": most,
        "agreeing": JSON(answer.agreeing), "seeds": seeds,
        "probabilities": object(classes, answer.means.map(number)),
      ]
    case .traits:
      return [
        "levels": cell, "answer": JSON(answer.present.map { classes[$0] }),
        "agreeing": JSON(answer.agreeing), "seeds": seeds,
        "probabilities": object(classes, answer.means.map(number)),
      ]
    case .number:
      return [
        "levels": cell, "number": number(answer.probability), "least": least, "most": most,
        "seeds": seeds,
      ]
    }
  }
}

import Notation
import Statistics
import Sweeps

/// What a part of a grid can tell, in words and as JSON.
struct PartText {
  let part: PartOfGrid

  /// More interactions than this are counted and not named.
  private static let aliasesNamed = 3

  var lines: [String] {
    ["This part of the grid: \(part.cellCount.grouped) cells, main effects by least squares"]
      + part.effects.map { effect in
        guard !effect.told.isEmpty else { return "  \(effect.axis): cannot be told" }
        let untold =
          effect.untold.isEmpty ? "" : ", but not \(effect.untold.joined(separator: ", "))"
        return "  \(effect.axis): can be told\(untold)\(aliases(effect.aliases))"
      }
  }

  private func aliases(_ aliases: [LeastSquares.Alias]) -> String {
    guard !aliases.isEmpty else { return "" }
    let named = aliases.prefix(Self.aliasesNamed).map { alias in
      "\(alias.first) × \(alias.second) (\(Int((alias.share * 100).rounded()))%)"
    }
    let more = aliases.count - named.count
    return ", shifted by " + named.joined(separator: ", ")
      + (more > 0 ? " and \(more) weaker ones" : "")
  }

  var json: JSON {
    [
      "cells": JSON(part.cellCount), "tells_nothing": .boolean(part.tellsNothing),
      "effects": .array(
        part.effects.map { effect in
          [
            "axis": .string(effect.axis), "told": JSON(effect.told),
            "untold": JSON(effect.untold),
            "aliases": .array(
              effect.aliases.map {
                ["axes": JSON([$0.first, $0.second]), "share": JSON($0.share)]
              }
            ),
          ]
        }
      ),
    ]
  }
}

import Notation
import Statistics

extension SpecSchema {
  private static func described(_ text: String, _ schema: JSONObject) -> JSON {
    var object: JSONObject = ["description": .string(text)]
    for member in schema.members { object[member.key] = member.value }
    return .object(object)
  }

  private static func word<Word: RawRepresentable<String> & CaseIterable>(
    _ text: String,
    _ type: Word.Type
  ) -> JSON {
    described(text, ["enum": .array(Word.allCases.map { .string($0.rawValue) })])
  }

  private static func member(_ key: String, _ value: JSON) -> JSONObject.Member {
    JSONObject.Member(key: key, value: value)
  }

  private static func list(_ items: JSON) -> JSON { ["type": "array", "items": items] }

  /// The keys of a spec, in the order in which people write them.
  static let topLevel: [JSONObject.Member] = [
    member(
      "name",
      described(
        "Names the sweep among the results; by default the file's name.",
        ["type": "string", "minLength": 1, "maxLength": 200]
      )
    ),
    member(
      "question",
      described("The question that the sweep answers.", ["type": "string"])
    ),
    member(
      "extends",
      described(
        "The path of another spec, which this one overrides key by key.",
        ["type": "string"]
      )
    ),
    member("settings", described("Fixed for every run.", ["type": "object"])),
    member(
      "axes",
      described(
        "What varies: the first level of an axis is its baseline, the last axis varies fastest.",
        ["type": "object"]
      )
    ),
    member(
      "seeds",
      described(
        "How often each cell is run, with the seeds 0 up to one less; or a list of seeds.",
        [
          "anyOf": [
            ["type": "integer", "minimum": 1],
            ["type": "array", "items": ["type": "integer"], "minItems": 1, "uniqueItems": true],
          ],
          "default": .number(JSONNumber(SpecReader.usualSeedCount)),
        ]
      )
    ),
    member(
      "exclude",
      described(
        "Cells that match all keys of one entry are left out; a list means any of its levels.",
        ["type": "array", "items": ["type": "object", "minProperties": 1]]
      )
    ),
    member(
      "include",
      described(
        "Extra cells; axes that an entry does not name are at their baseline.",
        ["type": "array", "items": ["type": "object", "minProperties": 1]]
      )
    ),
    member(
      "when",
      described(
        "Axes that vary only where a condition on other settings holds.",
        [
          "type": "object", "patternProperties": comments,
          "additionalProperties": ["type": "object", "minProperties": 1],
        ]
      )
    ),
    member("sample", ["$ref": "#/$defs/sample"]),
    member(
      "command",
      described(
        "A program and its arguments instead of the built-in trainer; {name} is the value of a setting.",
        ["type": "array", "items": ["type": "string"], "minItems": 1]
      )
    ),
    member(
      "inputs",
      described(
        "Files and folders that the command reads: when they change, so do its runs.",
        ["type": "array", "items": ["type": "string"]]
      )
    ),
    member("results", ["$ref": "#/$defs/results"]),
    member("limits", ["$ref": "#/$defs/limits"]),
    member(
      "metrics",
      described(
        "The final metrics that the analysis is about.",
        [
          "type": "object", "patternProperties": comments,
          "additionalProperties": ["$ref": "#/$defs/metric"],
        ]
      )
    ),
    member(
      "questions",
      described(
        "What people are asked before they see the results.",
        ["type": "array", "items": ["$ref": "#/$defs/question"]]
      )
    ),
    member(
      "textbook",
      described(
        "What the textbook answers to the questions.",
        ["type": "array", "items": ["$ref": "#/$defs/forecast"]]
      )
    ),
  ]

  /// The parts of the language that no trainer changes.
  static let definitions: [JSONObject.Member] = [
    member(
      "axis",
      [
        "anyOf": [
          ["type": "array", "minItems": 1, "uniqueItems": true],
          closed(
            [
              member("levels", ["type": "array", "minItems": 1, "uniqueItems": true]),
              member("ordered", ["type": "boolean"]),
              member("scores", list(["type": "number"])),
            ],
            required: ["levels"]
          ),
          ["$ref": "#/$defs/range"], ["$ref": "#/$defs/zip"],
        ]
      ]
    ),
    member(
      "range",
      closed(
        [
          member("from", ["type": "number"]), member("to", ["type": "number"]),
          member("count", ["type": "integer", "minimum": 2, "maximum": 1_000_000]),
          member("scale", word("Even steps, or even factors.", NumberRange.Scale.self)),
          member(
            "integer",
            described("Rounds the levels to whole numbers.", ["type": "boolean"])
          ),
          member("ordered", ["type": "boolean"]), member("scores", list(["type": "number"])),
        ],
        required: ["from", "to", "count"]
      )
    ),
    member(
      "zip",
      closed(
        [
          member(
            "zip",
            described(
              "Settings that vary together, as one factor: lists of the same length.",
              [
                "type": "object", "minProperties": 1, "patternProperties": comments,
                "additionalProperties": ["type": "array", "minItems": 1],
              ]
            )
          ),
          member("ordered", ["type": "boolean"]), member("scores", list(["type": "number"])),
        ],
        required: ["zip"]
      )
    ),
    member(
      "sample",
      described(
        "Takes that many cells instead of all.",
        [
          "type": "object",
          "properties": [
            "count": ["type": "integer", "minimum": 1, "maximum": 1_000_000],
            "method": word(
              "Every level equally often, or any subset equally likely.",
              Sample.Method.self
            ),
            "seed": ["type": "integer", "default": 1],
          ],
          "required": ["count"], "patternProperties": comments, "additionalProperties": false,
        ]
      )
    ),
    member(
      "results",
      closed([
        member(
          "pattern",
          described(
            "A regular expression whose named groups are metrics of a printed line.",
            ["type": "string"]
          )
        ),
        member(
          "file",
          described("A file of metrics in the run's folder.", ["type": "string"])
        ),
      ])
    ),
    member(
      "limits",
      closed([
        member(
          "timeout",
          described(
            "How long a run may take, or per cent of the median run.",
            ["type": "string", "pattern": #"^([0-9.]+%|([0-9.]+(ms|s|m|h|d))+)$"#]
          )
        ),
        member("retries", ["type": "integer", "minimum": 0, "maximum": 1000, "default": 0]),
        member(
          "memory",
          described(
            "What one run may use.",
            ["type": "string", "pattern": #"^[0-9.]+ *(B|[KMGT]i?B)$"#]
          )
        ),
        member("cores", ["type": "integer", "minimum": 1, "maximum": 4096, "default": 1]),
        member(
          "halt",
          described(
            "When nothing more is started.",
            ["type": "string", "pattern": #"^(never|first-failure|[0-9.]+%)$"#]
          )
        ),
      ])
    ),
    member(
      "metric",
      closed(
        [
          member("better", word("Which way is good.", Metric.Better.self)),
          member(
            "delta",
            described(
              "The smallest change that matters, declared before the runs.",
              ["type": "number", "minimum": 0]
            )
          ),
          member("show", word("As it is, or in hundredths.", Metric.Show.self)),
          member(
            "scale",
            word(
              "Differences, or factors, delta being relative then.",
              Metric.Scale.self
            )
          ),
        ],
        required: ["better", "delta"]
      )
    ),
    member(
      "question",
      closed(
        [member("id", ["type": "string", "minLength": 1])] + contrast
          + [member("ask", described("The sentence that people read.", ["type": "string"]))],
        required: ["id", "factor", "from", "to", "metric"]
      )
    ),
    member(
      "forecast",
      closed(
        [member("question", described("The id of a question.", ["type": "string"]))] + contrast
          + [
            member(
              "direction",
              described("Where the metric goes.", ["enum": ["up", "down", "none"]])
            ),
            member("confidence_pct", ["type": "integer", "minimum": 34, "maximum": 100]),
            member("premise", word("What must hold.", Premise.self)),
            member("source", ["type": "string"]),
            member("fails_when", list(["type": "string"])),
          ],
        required: ["direction", "confidence_pct"]
      )
    ),
  ]

  private static let contrast: [JSONObject.Member] = [
    member("factor", described("An axis.", ["type": "string"])),
    member("from", described("A level of it.", [:])),
    member("to", described("Another level of it.", [:])),
    member("metric", ["type": "string"]),
    member(
      "at",
      described("Levels of other axes; what is not named is averaged over.", ["type": "object"])
    ),
  ]
}

import Notation
import Training

extension ClassAnswers {
  /// Two texts of a run: `confusion`, the counts by label and answer with the classes' names, and `mistakes`, a list of
  /// [image, label, answer, confidence].
  var json: JSON {
    [
      "confusion": [
        "classes": JSON(classes),
        "counts": .array(counts.map { .array($0.map { .number(JSONNumber($0)) }) }),
      ],
      "mistakes": .array(
        mistakes.map { mistake in
          [
            .number(JSONNumber(mistake.image)), .number(JSONNumber(mistake.label)),
            .number(JSONNumber(mistake.answer)), .number(JSONNumber(mistake.confidence)),
          ]
        }
      ),
    ]
  }
}

import Classroom
import Notation
import Statistics
import Sweeps
import Testing

/// A sweep with three questions: on a linear metric, on a logarithmic one, and one without words.
///
/// - Parameter textbook: What the textbook says of each.
/// - Returns: What a lesson of it is about.
/// - Throws: Where the spec could not be read.
func classSyllabus(textbook: (String, String, String) = ("down", "up", "down")) throws -> Syllabus {
  let trainer = Trainer(
    version: 1,
    settings: [],
    metrics: [],
    dataSettings: [],
    dataDigest: { _, _ in "" }
  )
  let text = """
    { "name": "regularization", "command": ["x", "{dropout}", "{weight_decay}", "{tuning}"],
      "axes": { "dropout": [0, 0.5], "weight_decay": [0, 3], "tuning": ["full", "head"] }, "seeds": 12,
      "metrics": {
        "valid_loss": { "better": "lower", "delta": 0.02 },
        "train_loss": { "better": "none", "scale": "log", "delta": 0.25 }
      },
      "questions": [
        { "id": "dropout", "factor": "dropout", "from": 0, "to": 0.5, "metric": "valid_loss",
          "at": { "weight_decay": 0, "tuning": "full" },
          "ask": "Full fine-tuning. We add dropout in the head. The validation loss ..." },
        { "id": "decay-train", "factor": "weight_decay", "from": 0, "to": 3, "metric": "train_loss",
          "at": { "dropout": 0, "tuning": "full" },
          "ask": "We add weight decay. The loss on the 200 training images ..." },
        { "id": "unfreeze", "factor": "tuning", "from": "head", "to": "full", "metric": "valid_loss" } ],
      "textbook": [
        { "question": "dropout", "direction": "\(textbook.0)", "confidence_pct": 65, "premise": "overfit",
          "source": "Srivastava et al. 2014, QUOTED", "fails_when": ["F1", "F3", "F7"] },
        { "question": "decay-train", "direction": "\(textbook.1)", "confidence_pct": 65, "premise": "overfit",
          "source": "Dive into Deep Learning, QUOTED", "fails_when": ["F4"] },
        { "question": "unfreeze", "direction": "\(textbook.2)", "confidence_pct": 80, "premise": "any",
          "source": "fastbook, QUOTED", "fails_when": ["F12", "F13"] } ] }
    """
  return try Syllabus(try Spec.stored(text: text, directory: "/", trainer: trainer))
}

/// A lesson that acts come into one second after the other.
struct Rehearsal {
  var lesson: Lesson
  private(set) var acts: [LessonAct] = []
  private var milliseconds = 1_770_000_000_000

  init(_ syllabus: Syllabus? = nil) throws {
    lesson = Lesson(try syllabus ?? classSyllabus())
  }

  mutating func act(_ deed: LessonAct.Deed) throws {
    let act = LessonAct(deed, at: milliseconds)
    milliseconds += 1000
    try lesson.apply(act)
    acts.append(act)
  }

  mutating func answer(
    _ person: String,
    _ question: String,
    round: Int = 1,
    _ direction: Direction,
    sure: Int? = nil,
    because reason: String = ""
  ) throws {
    try act(
      .answered(
        person,
        Ballot.ID(question, round: round),
        Vote(direction, confidencePercent: sure, reason: reason),
        nonce: "\(milliseconds)"
      )
    )
  }
}

/// The ids of people whose tokens were drawn in this order.
func people(_ count: Int) -> [String] {
  (0..<count).map { Digest.hexadecimal(of: "token \($0)") }
}

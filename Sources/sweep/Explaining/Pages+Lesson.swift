extension RefusalPage {
  /// What phones and the desk are told; the server's answers have the code in the header `Sweep-Refusal`.
  static let lessons: [RefusalPage] = [
    RefusalPage(
      .lessonNotJoined,
      "Not in the room yet",
      meaning: "Somebody answered who has not come in, or whose device lost its cookie.",
      example: .lesson(
        #""answered","person":"a","question":"x","round":1,"direction":"up","nonce":"n""#
      ),
      mend: "Come in on the room's first page."
    ),
    RefusalPage(
      .lessonOtherPerson,
      "Somebody else's page",
      meaning: "The device was handed on, and an old page of the one before was sent.",
      example: .situation("'Back' in the browser after the device was handed on."),
      mend: "Load the page again."
    ),
    RefusalPage(
      .lessonRemoved,
      "Taken off the list",
      meaning: "The desk took this person off the list; nothing of theirs counts.",
      example: .lesson(
        #""joined","person":"a""#,
        #""removed","person":"a""#,
        #""answered","person":"a","question":"x","round":1,"direction":"up","nonce":"n""#
      ),
      mend: "Ask at the desk; a person can come in again from another device."
    ),
    RefusalPage(
      .lessonRoomIsFull,
      "The room is full",
      meaning: "As many people are in as the server takes, so that nobody can fill its memory.",
      example: .situation("The thousand-and-first person comes in."),
      mend: "Serve a second lesson with another --port and --results."
    ),
    RefusalPage(
      .lessonEmptyName,
      "A name without a letter",
      meaning: "The new name is blank.",
      example: .situation("A phone sends 'Change my name' with blanks alone."),
      mend: "Type at least one letter or digit."
    ),
    RefusalPage(
      .lessonTooLong,
      "Longer than is taken",
      meaning: "A name or a reason has more characters than the screen can show.",
      example: .situation("A reason of 300 characters, from a page that did not count them."),
      mend: "Shorten it to the number in the sentence."
    ),
    RefusalPage(
      .lessonReservedName,
      "The textbook's name",
      meaning: "Under this name the screen shows what the textbook says.",
      example: .situation("Somebody wants to be called 'textbook'."),
      mend: "Take another name."
    ),
    RefusalPage(
      .lessonUnknownPerson,
      "Nobody of that kind",
      meaning: "The desk names somebody who is not in the room.",
      example: .lesson(#""removed","person":"a""#),
      mend: "Load the desk again."
    ),
    RefusalPage(
      .lessonNotASeat,
      "Not a seat of the desk",
      meaning: "The desk answers for people without a device, and this person has one.",
      example: .situation("The desk answers for somebody who joined with a phone."),
      mend: "Let the person answer, or add a seat at the desk."
    ),
    RefusalPage(
      .lessonDeskOnly,
      "For the desk alone",
      meaning: "A phone sent what only the desk may do.",
      example: .situation("A pupil sends the desk's form from a phone."),
      mend: "Do it at the desk."
    ),
    RefusalPage(
      .lessonUnknownQuestion,
      "The lesson has no such question",
      meaning: "The id is none of those that the spec asks, or the lesson was begun without it.",
      example: .session(
        ["sweep serve spec.json --questions y --port 0"],
        files: ["spec.json": RefusalExample.trial]
      ),
      mend: "Take one of the ids in the sentence."
    ),
    RefusalPage(
      .lessonUnknownRound,
      "No such round",
      meaning: "A question is put twice: in round 1 before the discussion, in round 2 after it.",
      example: .situation("A form of somebody's own program says round 3."),
      mend: "Send 1 or 2."
    ),
    RefusalPage(
      .lessonUnknownStep,
      "No such step",
      meaning: "The lesson has no such step, or not for this question.",
      example: .lesson(#""moved","step":"surprise","question":"x""#),
      mend: "Load the desk again, and take a step that it shows."
    ),
    RefusalPage(
      .lessonUnknownAct,
      "Nothing of that name",
      meaning: "The form asks for an act that this version does not know.",
      example: .situation("A page of another version is still open."),
      mend: "Load the page again."
    ),
    RefusalPage(
      .lessonMissingField,
      "A field is missing",
      meaning: "The form came without a field that it always has.",
      example: .situation("The radio failed while the form was sent."),
      mend: "Load the page again."
    ),
    RefusalPage(
      .lessonNotAWord,
      "An answer that is none",
      meaning: "The field takes one of a few words, and this is none of them.",
      example: .situation("A form of somebody's own program answers 'sideways'."),
      mend: "Send one of the words in the sentence."
    ),
    RefusalPage(
      .lessonNotAConfidence,
      "Not how sure one can be",
      meaning: "Three answers are possible, so that who guesses is sure to a third.",
      example: .situation("A form says 10 per cent."),
      mend: "Say 34 to 100 per cent, or leave it blank."
    ),
    RefusalPage(
      .lessonNotANumber,
      "Not a whole number",
      meaning: "Seconds are counted from 1 to 3600.",
      example: .situation("The desk opens a vote for 'a minute'."),
      mend: "Type a number, or leave it blank for no end."
    ),
    RefusalPage(
      .lessonNotOpen,
      "Voting is not open yet",
      meaning: "The desk has not put this question.",
      example: .lesson(
        #""joined","person":"a""#,
        #""answered","person":"a","question":"x","round":1,"direction":"up","nonce":"n""#
      ),
      mend: "Wait for the desk."
    ),
    RefusalPage(
      .lessonClosed,
      "Voting is closed",
      meaning: "The answer came after the vote was closed; the one before it counts.",
      example: .lesson(
        #""joined","person":"a""#,
        #""opened","question":"x","round":1"#,
        #""closed","question":"x","round":1"#,
        #""answered","person":"a","question":"x","round":1,"direction":"up","nonce":"n""#
      ),
      mend: "The desk can give half a minute more while a vote with an end is open."
    ),
    RefusalPage(
      .lessonSkipped,
      "Left out today",
      meaning: "The desk has taken this question out of the lesson.",
      example: .lesson(#""skipped","question":"x""#, #""opened","question":"x","round":1"#),
      mend: "Take it back in at the desk."
    ),
    RefusalPage(
      .lessonStillOpen,
      "A vote is still open",
      meaning: "Runs begin and results are shown only while nobody can vote.",
      example: .lesson(#""opened","question":"x","round":1"#, #""started""#),
      mend: "Close the vote first."
    ),
    RefusalPage(
      .lessonTooLate,
      "Too late to predict",
      meaning: "The runs have begun, or the question is revealed: a prediction would be late.",
      example: .lesson(#""started""#, #""opened","question":"x","round":1"#),
      mend: "Go on to the results."
    ),
    RefusalPage(
      .lessonIsOver,
      "The lesson is over",
      meaning: "The desk has ended it, or it is shown again: nothing is taken any more.",
      example: .situation("A phone answers while 'sweep serve --replay' shows a lesson."),
      mend: "Begin another one in another --results folder."
    ),
    RefusalPage(
      .lessonNoReason,
      "No such reason",
      meaning: "The desk marks a reason that nobody gave, or that was changed meanwhile.",
      example: .lesson(
        #""marked","question":"x","round":1,"person":"a","standing":"hidden""#
      ),
      mend: "Load the desk again."
    ),
    RefusalPage(
      .lessonTooManyReasons,
      "The screen is full",
      meaning: "The screen shows a few reasons of a question, so that they can be read.",
      example: .situation("The desk chooses a fourth reason of one question."),
      mend: "Take one back first."
    ),
    RefusalPage(
      .lessonNotRevealed,
      "Still sealed",
      meaning: "Which premise failed is asked once it is known what came out.",
      example: .lesson(
        #""joined","person":"a""#,
        #""suspected","person":"a","question":"x","candidate":"b""#
      ),
      mend: "Reveal the question first."
    ),
    RefusalPage(
      .lessonNotACandidate,
      "Not among the premises",
      meaning: "The textbook's sentence has premises, and this is none of them.",
      example: .lesson(
        #""joined","person":"a""#,
        #""revealed","question":"x""#,
        #""suspected","person":"a","question":"x","candidate":"b""#
      ),
      mend: "Choose one of those that the page shows."
    ),
    RefusalPage(
      .lessonUnreadableLine,
      "A line that is no act",
      meaning: "A line of a lesson's journal says nothing that can have happened.",
      example: .situation("Somebody edited 'lesson.jsonl'; 'sweep serve' names the line."),
      mend: "Take the file from a copy, or remove that line."
    ),
    RefusalPage(
      .lessonNoResult,
      "Nothing to reveal yet",
      meaning: "No run has ended that answers the question.",
      example: .situation("The desk reveals a question before the runs have come so far."),
      mend: "Start the runs, or wait for them."
    ),
    RefusalPage(
      .lessonTooFast,
      "Too many answers",
      meaning: "A device sent more answers within a minute than a person can; those before count.",
      example: .situation("A script sends answers in a loop."),
      mend: "Wait a minute."
    ),
    RefusalPage(
      .lessonTooManyPictures,
      "Too many pictures",
      meaning:
        "A device sent more pictures within a minute than the networks can be asked about for a class.",
      example: .situation("A hand that sends every stroke of its drawing."),
      mend: "Wait a minute."
    ),
    RefusalPage(
      .lessonNoNetworks,
      "No networks at this moment",
      meaning: "Pictures are taken in the lesson's last step alone, once nothing is sealed.",
      example: .situation("A phone still shows the last step, and the desk has gone back."),
      mend: "Look at the screen, and wait for the desk."
    ),
    RefusalPage(
      .lessonNothingKept,
      "No networks to try",
      meaning:
        "The last step asks networks that the runs have left, and the lesson's spec keeps none.",
      example: .lesson(#""moved","step":"trying""#),
      mend: "Add \"keep\": \"weights\" to the spec, and make the runs again before the class."
    ),
    RefusalPage(
      .lessonNotTheirDevice,
      "Not their device",
      meaning: "A device can be handed back to those alone who had it before.",
      example: .situation("A form of somebody's own program names another person."),
      mend: "Load the page again, and take a name that it shows."
    ),
    RefusalPage(
      .lessonDeviceIsFull,
      "Too many share a device",
      meaning: "A device keeps the secrets of a few people, and no more.",
      example: .situation("A seventeenth person takes a tablet that sixteen have had."),
      mend: "Take another device, or a seat at the desk."
    ),
    RefusalPage(
      .lessonNoDesk,
      "Not the desk's address",
      meaning: "The desk opens with a secret in its address, on the server's own machine.",
      example: .situation("A phone opens /desk."),
      mend: "Use the address that the terminal shows; --desk-anywhere lets other machines in."
    ),
  ]
}

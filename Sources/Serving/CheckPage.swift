import Classroom

/// Whether phones reach this machine at all.
package enum CheckPage {
  /// What a phone sees that does.
  static let reached = NoticePage(
    "Yes, you reach me",
    ["This phone and the teacher's machine can talk to each other. The lesson will work here."]
  )

  /// What helps where none does, a sentence each, for the terminal.
  package static let advice = [
    "Open one of these addresses on a phone in the room's Wi-Fi. It says 'Yes, you reach me', or nothing at all.",
    "Nothing: many schools' networks keep devices apart from each other (client isolation). Ask for a network without it, "
      + "or switch on a phone's hotspot and join it with the laptop and the other phones: a class's pages need little, "
      + "and no mobile data once they are in the same hotspot.",
    "A firewall on this machine can stand between, too: allow incoming connections to this port.",
  ]
}

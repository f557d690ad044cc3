/// How the pages of a lesson look; served as files of their own, so that pages need no inline style.
package enum Stylesheet {
  /// `/style.css`: of the phone and the desk.
  package static let room = ""

  /// `/screen.css`: of the projector.
  package static let screen = ""
}

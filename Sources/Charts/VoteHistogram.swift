/// How many voted down, none and up, with their shares: what a class sees before the answer.
package struct VoteHistogram: Chart, Equatable {
  package let down: Int
  package let none: Int
  package let up: Int

  package init(down: Int, none: Int, up: Int) {
    self.down = down
    self.none = none
    self.up = up
  }

  package var drawing: Drawing { Drawing(width: 400, height: 160) }
}

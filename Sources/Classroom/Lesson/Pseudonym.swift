/// Names that nobody chose: an animal and a number, such as `Otter 7`.
enum Pseudonym {
  /// Short names that no language of a class is likely to use as an insult.
  static let animals = [
    "Badger", "Beaver", "Bison", "Crane", "Deer", "Dolphin", "Eagle", "Falcon", "Finch", "Gecko",
    "Heron", "Hare", "Ibis", "Jay", "Koala", "Lark", "Lemur", "Lynx", "Marmot", "Moose", "Newt",
    "Otter", "Owl", "Panda", "Puffin", "Quail", "Raven", "Robin", "Salmon", "Seal", "Stork",
    "Swift", "Tern", "Tiger", "Turtle", "Whale", "Wren", "Yak", "Zebra",
  ]

  /// The name that belongs to a person, or the next number that nobody has.
  ///
  /// - Parameters:
  ///   - id: The person's, hexadecimal digits.
  ///   - taken: Names that others have.
  /// - Returns: The same name for the same id as long as nobody else has it.
  static func name(for id: String, taken: Set<String>) -> String {
    var key: UInt64 = 0
    for byte in id.utf8 { key = key &* 31 &+ UInt64(byte) }
    let animal = animals[Int(key % UInt64(animals.count))]
    var number = Int(key / UInt64(animals.count) % 98) + 2
    while taken.contains("\(animal) \(number)") { number += 1 }
    return "\(animal) \(number)"
  }
}

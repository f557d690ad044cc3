"""The named random streams of Sources/Statistics/SeededGenerator.swift, written a second time."""

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def finalized(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class Stream:
    def __init__(self, purpose, seed, place=()):
        key = 0xCBF29CE484222325
        for byte in purpose.encode():
            key = ((key ^ byte) * 0x100000001B3) & MASK
        key = finalized((key + GOLDEN) & MASK)
        for word in (seed, *place):
            key = finalized(((key + GOLDEN) & MASK) ^ (word & MASK))
        self.state = key

    def next(self):
        self.state = (self.state + GOLDEN) & MASK
        return finalized(self.state)

    def uniform(self):
        return (self.next() >> 11) * 2.0**-53

    def index(self, bound):
        product = self.next() * bound
        if product & MASK < bound:
            threshold = (1 << 64) % bound
            while product & MASK < threshold:
                product = self.next() * bound
        return product >> 64

    def shuffle(self, elements):
        for end in range(len(elements) - 1, 0, -1):
            other = self.index(end + 1)
            elements[end], elements[other] = elements[other], elements[end]

"""Gradient descent in a narrow valley, configured by Hydra: what does momentum do?"""
import random

import hydra
import sweeplab as sl


@hydra.main(version_base=None, config_path=".", config_name="config")
def main(config):
    draws = random.Random(config.seed)
    place, speed = [draws.gauss(0, 1), draws.gauss(0, 1)], [0.0, 0.0]
    for step in range(1, 31):
        for axis, steepness in enumerate((1.0, 0.05)):
            speed[axis] = config.momentum * speed[axis] - config.learning_rate * steepness * place[axis]
            place[axis] += speed[axis]
        loss = (place[0] ** 2 + 0.05 * place[1] ** 2) / 2
        sl.log(step=step, loss=loss)
    sl.final(loss=loss)


main()

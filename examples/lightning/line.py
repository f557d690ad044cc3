"""A straight line through noisy points with PyTorch Lightning; `SweepLogger` hands its metrics to the sweep."""
import lightning.pytorch as pl
import sweeplab as sl
import torch
from lightning.pytorch.loggers.logger import Logger
from torch.utils.data import DataLoader, TensorDataset


class SweepLogger(Logger):
    """Prints each metric that Lightning logs as a point of a curve, and the last ones as the results of the run."""

    name = "sweep"
    version = ""

    def __init__(self):
        super().__init__()
        self.last = {}

    def log_hyperparams(self, *_, **__):
        """The sweep has the settings already."""

    def log_metrics(self, metrics, step=None):
        values = {name: value for name, value in metrics.items() if name != "epoch"}
        if values:
            sl.log(step=step, **values)
            self.last.update(values)

    def finalize(self, status):
        if status == "success":
            sl.final(**self.last)


class Line(pl.LightningModule):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.line = torch.nn.Linear(1, 1)

    def training_step(self, batch):
        loss = torch.nn.functional.mse_loss(self.line(batch[0]), batch[1])
        self.log("loss", loss, on_step=False, on_epoch=True)
        return loss

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.rate)


def main():
    pl.seed_everything(sl.seed(), verbose=False)
    x = torch.rand(64, 1)
    points = TensorDataset(x, 2 * x + 1 + 0.1 * torch.randn(64, 1))
    trainer = pl.Trainer(max_epochs=4, accelerator="cpu", logger=SweepLogger(), log_every_n_steps=1,
                         enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False)
    trainer.fit(Line(sl.settings().get("rate", 0.1)), DataLoader(points, batch_size=8))


if __name__ == "__main__":
    main()

"""Commands of the recipe; see the package's docstring.

python -m training.translator pack FOLDER
python -m training.translator tokens FOLDER
python -m training.translator first FOLDER STATE SECONDS     both ways, then English turned round
python -m training.translator second FOLDER STATE SECONDS    into English
python -m training.translator package FOLDER STATE
"""

# mypy: disable-error-code="misc,import-not-found"
# (torch is not installed where the project is checked, so that its classes have no type there)

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import torch

from training.translator._learning import Learner, Plan, Pool, learn, measured, translated
from training.translator._model import Model, Shape
from training.translator._names import POOR, wanted
from training.translator._tokens import Group, Made, Texts, load, numbered, save

_EACH = 120_000  # English sentences turned into each poor language
_GENERATED = 6000  # rows a batch of these
# Word lists, names and stand-ins are seasoning; what no human wrote counts half.
_WEIGHTS = {"listed": 0.25, "names": 0.1, "masked": 0.3, "words": 0.2, "made": 0.7}
_OUTWARD = {f"2{code}": 1.3 for code in POOR}
_PARTS = 4  # files the weights are written to, each under 16 MB


def main(arguments: list[str]) -> None:
    """Run one step."""
    step, folder, *rest = arguments
    if step == "pack":
        from training.translator._pack import pack

        pack(Path(folder))
    elif step == "tokens":
        from training.translator._tokens import vocabulary

        vocabulary(Path(folder))
    elif step == "first":
        first(Path(folder), Path(rest[0]), float(rest[1]))
    elif step == "second":
        second(Path(folder), Path(rest[0]), float(rest[1]))
    elif step == "package":
        from training.translator._package import package

        package(Path(folder), Path(rest[0]))
    else:
        sys.exit(__doc__)


def first(folder: Path, state: Path, seconds: float) -> None:
    """Train both ways for a while, then turn English into the poor languages."""
    began = time.monotonic()
    made = number(folder, state)
    _told(began, f"{sum(len(group.source) for group in made.into):,} pairs numbered")
    device, learner, plan = _begin(seconds)
    plan.falls = False
    plan.weights = _WEIGHTS | _OUTWARD
    human = [group for group in made.into if not group.name.startswith("words")]
    pool = Pool([*human, *made.outward], device)
    learn(learner, pool, plan, partial(_keep, learner, state))
    print(measured(learner.model, Pool(made.held, device)), flush=True)
    _told(began, "trained both ways")
    back: list[Group] = []
    texts = Texts(folder)
    for code in POOR:
        english = texts.pieces(texts.asked(code, 7, _EACH))
        tag = [texts.piece(wanted(code))]
        found = translated(learner.model, device, [tag + text for text in english], _GENERATED)
        back.append(texts.marked(f"made {code}", code, found, english))
        save(state / "made", back)
        _told(began, f"{len(back[-1].source):,} sentences turned into {code}")
        print(*(texts.processor.decode(row) for row in found[:2]), sep="\n", flush=True)


def number(folder: Path, state: Path) -> Made:
    """Number what is packed, and keep it beside the state."""
    state.mkdir(parents=True, exist_ok=True)
    made = numbered(folder)
    save(state / "into", made.into)
    save(state / "held", made.held)
    return made


def second(folder: Path, state: Path, seconds: float) -> None:
    """Train into English for a while, from `first`'s state, and write the mean weights."""
    began = time.monotonic()
    if not (state / "into.npz").is_file():
        number(folder, state)  # in processes of its own: before the device is woken
        _told(began, "numbered")
    device, learner, plan = _begin(seconds)
    if (state / "state.pt").is_file():
        learner.resume(torch.load(state / "state.pt", map_location=device, weights_only=False))
    plan.weights = _WEIGHTS
    made = load(state / "made") if (state / "made.npz").is_file() else []
    pool = Pool([*load(state / "into"), *made], device)
    held = Pool(load(state / "held"), device)
    _told(began, "loaded")
    learn(learner, pool, plan, partial(_keep, learner, state))
    for name, mean in learner.mean.items():
        dict(learner.model.named_parameters())[name].data.copy_(mean)
    print("mean weights, " + measured(learner.model, held), flush=True)
    weights = {n: p.detach().cpu().half().numpy() for n, p in learner.model.named_parameters()}
    for part, names in enumerate(_even(weights)):
        np.savez(
            state / f"weights{part}.npz",
            allow_pickle=False,
            **{name: weights[name] for name in names},
        )
    _told(began, "written")


def _keep(learner: Learner, state: Path) -> None:
    """Save the state whole or not at all."""
    torch.save(learner.state(), state / "state.part")
    (state / "state.part").replace(state / "state.pt")


def _begin(seconds: float) -> tuple[torch.device, Learner, Plan]:
    torch.manual_seed(1)
    torch.set_float32_matmul_precision("high")
    # cuDNN plans attention anew for every shape of a batch, half a second each; nearly every
    # batch here has its own.
    torch.backends.cuda.enable_cudnn_sdp(False)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    plan = Plan(seconds)
    if device.type == "cpu":
        plan.batch, plan.passes = 2_000, 1
    return device, Learner(Model(Shape()), device), plan


def _even(weights: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float16]]]) -> list[list[str]]:
    """Names of weights in parts of even size."""
    parts: list[list[str]] = [[] for _ in range(_PARTS)]
    sizes = [0] * _PARTS
    for name in sorted(weights, key=lambda n: -weights[n].nbytes):
        least = sizes.index(min(sizes))
        parts[least].append(name)
        sizes[least] += weights[name].nbytes
    return parts


def _told(began: float, what: str) -> None:
    print(f"{time.monotonic() - began:5.0f} s  {what}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

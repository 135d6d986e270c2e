"""Learn the weights of the checks of content, by logistic regression with cross-validation.

    python benchmarks/train_checks.py --letters benchmarks/letters --mqm dev.tsv [--write]

Two models say of a gap (words without counterpart) whether it is an omission or an addition; they learn from
the planted divergences of the letters, left out letter by letter. Six say of a whole unit whether it holds an
omission, an addition or a serious error, by itself and among other renderings of the same source; they learn
from expert MQM marks (a TSV as google/wmt-mqm-human-evaluation has them), left out talk by talk. Prints areas
under the ROC curve. Needs SciPy, which the program itself does not.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from gold_links import folders, read_gold
from scipy.optimize import minimize
from scipy.stats import rankdata

from aligner import home
from aligner.checks import letter_context, pair_context
from aligner.checks.words.evidence import FEATURES, OF_PEERS
from aligner.checks.words.model import CLIP, Logistic
from aligner.checks.words.units import ALONE, AMONG, RISKS, scored_gaps, unit_features
from aligner.encoders import Encoder, open_encoder

PENALTY = {"gap": 8.0, "unit": 100.0}
STRICT = 0.25
RISES = frozenset(
    "mass share peak peer_gap rest_met deletion deletion_peers unit_share length whole tokens complete".split()
)
FALLS = frozenset({"sense", "other_loose"})
"""Features of gaps that can only speak for a fault, or only against one; few letters could turn a weight round."""
MISSING = ("accuracy/omission", "accuracy/undertranslation")
ADDED = ("accuracy/addition", "accuracy/overtranslation")
OUT = Path(__file__).parent.parent / "aligner" / "checks" / "words" / "weights.json"


def fit(
    values: np.ndarray, truth: np.ndarray, names: tuple[str, ...], every: tuple[str, ...], penalty: float
) -> Logistic:
    """A model with L2 penalty on everything but the bias, whose weights have the signs of `RISES` and `FALLS`."""
    table = values[:, [every.index(name) for name in names]]
    mean, scale = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-3)
    standard = np.clip((table - mean) / scale, -CLIP, CLIP)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = standard @ w[:-1] + w[-1]
        rest = 1 / (1 + np.exp(-z)) - truth
        value = float((np.logaddexp(0, z) - truth * z).sum() + penalty / 2 * (w[:-1] @ w[:-1]))
        return value, np.append(standard.T @ rest + penalty * w[:-1], rest.sum())

    bounds = [(0 if name in RISES else None, 0 if name in FALLS else None) for name in names] + [(None, None)]
    w = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    parts = [tuple(np.round(part, 5).tolist()) for part in (mean, scale, w[:-1])]
    return Logistic(names, *parts, round(float(w[-1]), 5))


def auc(truth: np.ndarray, scores: np.ndarray) -> float:
    ranks, right = rankdata(scores), truth.astype(bool)
    ones, zeros = int(right.sum()), int((~right).sum())
    return float((ranks[right].sum() - ones * (ones + 1) / 2) / (ones * zeros)) if ones and zeros else float("nan")


def left_out(values: np.ndarray, truth: np.ndarray, groups: np.ndarray, *how: Any) -> np.ndarray:
    """Scores of each group by a model learned without it; the bias, which is the rate of errors, left out."""
    scores = np.zeros(len(truth))
    for group in sorted(set(groups)):
        inside = groups == group
        model = fit(values[~inside], truth[~inside], *how)
        p = np.clip(model.probability(values[inside], how[1]), 1e-12, 1 - 1e-12)
        scores[inside] = np.log(p / (1 - p)) - model.bias
    return scores


def letter_gaps(place: Path, encoder: Encoder) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of all gaps of all letters: features, side, truth, letter."""
    rows, sides, truth, names = [], [], [], []
    for folder in folders([place]):
        letter, articles, alignments = read_gold(folder)
        evidence = letter_context(letter, alignments, articles, encoder).evidence
        planted = json.loads((folder / "gold" / "divergences.json").read_text("utf-8"))["divergences"]
        for gap in evidence.gaps:
            item = evidence.items[gap.item]
            passage = item.source if gap.source else item.target
            quoted = passage.quoted(gap.stretch.start, gap.stretch.end)
            key, kinds = ("en", MISSING) if gap.source else ("zh", ADDED)
            rows.append(gap.features)
            sides.append(gap.source)
            names.append(folder.name)
            truth.append(
                any(
                    d["rendering"] == item.rendering
                    and (d["category"] in kinds or d["is_error"])
                    and d[f"{key}_span"]
                    and quoted
                    and _iou((quoted.start, quoted.end), (d[f"{key}_start"], d[f"{key}_end"])) >= STRICT
                    for d in planted
                )
            )
    return np.array(rows), np.array(sides), np.array(truth, dtype=float), np.array(names)


def _iou(a: tuple[int, int], b: tuple[int, int]) -> float:
    common = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common else 0.0


def read_mqm(path: Path) -> tuple[list[tuple[str, str, str]], list[set[str]], np.ndarray]:
    """Pairs, the marks of each, and the talk each is of."""
    units: dict[str, tuple[tuple[str, str, str], set[str], str]] = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            name = f"{row['system']}|{row['seg_id']}"
            texts = [re.sub("</?v>", "", row[side]) for side in ("source", "target")]
            _, marks, _ = units.setdefault(name, ((name, texts[0], texts[1]), set(), row["doc"]))
            marks |= {kind for kind in ("omission", "addition") if kind in row["category"].lower()}
            marks |= {"major"} if row["severity"].lower().startswith(("major", "critical")) else set()
    return [u[0] for u in units.values()], [u[1] for u in units.values()], np.array([u[2] for u in units.values()])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=Path, required=True)
    parser.add_argument("--mqm", type=Path, required=True)
    parser.add_argument("--languages", nargs=2, default=("zh", "en"))
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    options = parser.parse_args()
    encoder = open_encoder("use", cache=home.vectors_dir())
    made: dict[str, Logistic] = {}
    values, sides, truth, names = letter_gaps(options.letters, encoder)
    alone = tuple(name for name in FEATURES if name not in OF_PEERS)
    for name, inside, features in (
        ("gap_source", sides, FEATURES),
        ("gap_source_alone", sides, alone),
        ("gap_target", ~sides, FEATURES),
        ("gap_target_alone", ~sides, alone),
    ):
        how = (features, FEATURES, PENALTY["gap"])
        area = auc(truth[inside], left_out(values[inside], truth[inside], names[inside], *how))
        print(f"{name:22s} AUC {area:.3f}  ({int(truth[inside].sum())} of {int(inside.sum())} gaps), letters left out")
        made[name] = fit(values[inside], truth[inside], *how)
    pairs, marks, talks = read_mqm(options.mqm)
    evidence = pair_context(pairs, tuple(options.languages), encoder).evidence
    units, _ = unit_features(evidence, scored_gaps(evidence, made))
    for risk in RISKS:
        wanted = np.array([float(risk in each) for each in marks])
        for name, features in ((f"unit_{risk}", ALONE), (f"unit_{risk}_peers", AMONG)):
            how = (features, AMONG, PENALTY["unit"])
            area = auc(wanted, left_out(units, wanted, talks, *how))
            print(f"{name:22s} AUC {area:.3f}  ({int(wanted.sum())} of {len(wanted)} units), talks left out")
            made[name] = _balanced(fit(units, wanted, *how), float(wanted.mean()))
    if options.write:
        held = {name: vars(model) for name, model in made.items()}
        OUT.write_text(json.dumps({"encoder": encoder.signature, "models": held}, indent=1) + "\n", "utf-8")


def _balanced(model: Logistic, rate: float) -> Logistic:
    """The model as if half of all units were so."""
    shift = float(np.log(rate / (1 - rate)))
    return Logistic(model.features, model.mean, model.scale, model.weights, round(model.bias - shift, 5))


if __name__ == "__main__":
    main()

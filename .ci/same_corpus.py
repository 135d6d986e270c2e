"""Whether two corpora say the same:  python same_corpus.py EXPECTED BUILT

Every JSON and TMX file of EXPECTED must be in BUILT and agree with it. Confidences and scores may
differ in the third decimal: processors round sums of many small numbers differently.
"""

import json
import re
import sys
from pathlib import Path

TOLERANCE = 0.005
NUMBER = re.compile(r'(<prop type="x-confidence">)[^<]*')


def differences(a: object, b: object, where: str) -> list[str]:
    if isinstance(a, float) and isinstance(b, float):
        return [] if abs(a - b) <= TOLERANCE else [f"{where}: {a} is now {b}"]
    if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
        return [line for key in a for line in differences(a[key], b[key], f"{where}.{key}")]
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return [line for i, (x, y) in enumerate(zip(a, b, strict=True)) for line in differences(x, y, f"{where}[{i}]")]
    return [] if a == b else [f"{where}: {str(a)[:80]} is now {str(b)[:80]}"]


def compare(expected: Path, built: Path) -> list[str]:
    if not built.is_file():
        return [f"{built} is missing"]
    old, new = (path.read_text(encoding="utf-8") for path in (expected, built))
    if expected.suffix == ".json":
        return differences(json.loads(old), json.loads(new), built.name)
    return [] if NUMBER.sub(r"\1", old) == NUMBER.sub(r"\1", new) else [f"{built.name} differs from {expected}"]


def main() -> int:
    expected, built = map(Path, sys.argv[1:3])
    files = sorted(path for path in expected.rglob("*") if path.suffix in {".json", ".tmx"})
    found = [line for path in files for line in compare(path, built / path.relative_to(expected))]
    print(f"{len(files)} files compared, {len(found)} differences")
    print("\n".join(found[:40]))
    return 0 if files and not found else 1


if __name__ == "__main__":
    sys.exit(main())

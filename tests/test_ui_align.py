"""Align without a browser: lanes, operations as edits, bursts, undo and conflicts on a real store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import support_ui

from aligner.corpus import Corpus
from aligner.errors import AlignerError
from aligner.pipeline.correcting import Correcting
from aligner.pipeline.reviewing import Desk, Realigned
from aligner.store import log, open_store
from aligner.ui import access, aligning
from aligner.ui.access import Person, Role, SignInError
from aligner.ui.aligning import Aligning
from aligner.ui.messages import Catalogue
from aligner.ui.outbox import Acknowledged, Operation
from aligner.ui.views import align_changes
from aligner.ui.views.align import _rising
from aligner.ui.views.align_edits import OPERATIONS

WHOLE, SOME, WORDS = "bridge-001", "bridge-002", "bridge-003"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return Corpus.open(support_ui.build(tmp_path_factory.mktemp("align")))


@dataclass
class Session:
    """One reviewer's page; `at` finds a segment by words in it."""

    work: Aligning
    name: str
    view: dict[str, Any]
    number: int = 0

    def look(self) -> dict[str, Any]:
        self.view = self.work.view()
        return self.view

    def lane(self, rendering: str = WHOLE) -> dict[str, Any]:
        return next(lane for lane in self.view["lanes"] if lane["id"] == rendering)

    def item(self, words: str, rendering: str = WHOLE) -> dict[str, Any]:
        found = [i for i in self.lane(rendering)["items"] if any(words in part["text"] for part in i["texts"])]
        assert len(found) == 1
        return found[0]

    def sentence(self, n: int) -> dict[str, Any]:
        row = self.view["letter"]["rows"][n - 1]
        return {key: row[key] for key in ("start", "end", "text")}

    def do(self, what: str, words: str = "", rendering: str = WHOLE, **args: Any) -> str | None:
        """Do it on what was seen last, and look only if the caller does."""
        self.number += 1
        given = {"reviewer": self.name, "rendering": rendering, "revision": self.lane(rendering)["revision"], **args}
        if words:
            parts = self.item(words, rendering)["texts"]
            given.setdefault("at", next(part["start"] for part in parts if words in part["text"]))
        return self.work.apply(Operation(self.number, f"{self.name}{self.number}", what, given))

    def links(self, rendering: str = WHOLE) -> list[tuple[list[int], str, str]]:
        """Sentences, status and words of each box that is linked."""
        items = [item for item in self.look() and self.lane(rendering)["items"] if item["rows"]]
        return [([r[0] for r in i["rows"]], i["status"], "|".join(p["text"] for p in i["texts"])) for i in items]


@pytest.fixture
def desk(corpus: Corpus, tmp_path: Path) -> Iterator[Desk]:
    with open_store(str(tmp_path / "store.sqlite")) as store:
        yield Desk(corpus, store)


def session(desk: Desk, name: str = "ann") -> Session:
    work = Aligning(desk, "bridge", Catalogue.load("en"))
    return Session(work, name, work.view())


@pytest.fixture
def ann(desk: Desk) -> Session:
    return session(desk)


def test_a_lane_holds_the_article_in_order_with_what_is_not_aligned(ann: Session, corpus: Corpus) -> None:
    text = corpus.document(corpus.rendering("bridge", SOME).document).text
    items = ann.lane(SOME)["items"]
    assert [(i["kind"], i["row"], [r[0] for r in i["rows"]]) for i in items] == [
        ("narration", 2, []), ("bead", 2, [6]), ("bead", 2, [2, 3]), ("bead", 4, [4]), ("bead", 7, [7]),
    ]  # fmt: skip
    assert all(text[p["start"] : p["end"]] == p["text"] for i in items for p in i["texts"])
    assert items[3]["texts"][0]["notes"] == [[6, 17, "translator_note"]]
    assert [(g["row"], g["kind"]) for g in ann.lane(SOME)["gaps"]] == [(1, "outside"), (5, "omitted"), (8, "outside")]
    assert ann.lane(WORDS)["items"][0]["kind"] == "loose"
    assert [lane["id"] for lane in ann.view["lanes"] if lane.get("problem")] == ["bridge-005"]


def test_lanes_keep_their_order_while_they_are_corrected(ann: Session) -> None:
    order = [lane["id"] for lane in ann.view["lanes"]]
    assert order[:2] == [WHOLE, SOME]
    for _ in range(7):
        ann.do("merge", "各位邻居")
    ann.do("unlink", "各位邻居")
    assert [lane["id"] for lane in ann.look()["lanes"]] == order


def test_rows_that_rise_are_found_among_those_that_moved() -> None:
    assert _rising(enumerate([6, 1, 2, 2, 4, 3])) == [(1, 1), (2, 2), (3, 2), (5, 3)]
    assert _rising([]) == []


def test_three_links_are_corrected_undone_and_done_again(ann: Session) -> None:
    before = ann.links()
    assert ann.do("merge", "各位邻居") is None
    assert ann.links()[0] == ([1, 2], "confirmed", "各位邻居：|我写信谈谈这座老桥。")
    part = ann.item("最重要")["texts"][0]
    place = part["start"] + part["text"].index("，") + 1
    ann.do("split", "最重要", stretch=part, place=place)
    assert [link[2] for link in ann.links() if link[0] == [4]] == ["它已有八十年历史，", "最重要的是，它不安全。"]
    ann.do("unlink", "六个月")
    assert "六个月" not in str(ann.links())
    assert (5, "omitted") in [(gap["row"], gap["kind"]) for gap in ann.lane()["gaps"]]
    after = ann.links()
    for _ in range(3):
        assert ann.do("undo") is None
    assert ann.links() == before
    assert "nothing" in str(ann.do("undo"))
    for _ in range(3):
        assert ann.do("redo") is None
    assert ann.links() == after
    assert [(told["action"], told["undone"]) for told in ann.look()["history"]] == [
        ("unlink", False), ("split", False), ("merge", False),
    ]  # fmt: skip
    assert session(ann.work.desk, "ben").links() == after


def test_operations_in_a_burst_are_each_done_on_what_the_one_before_left(ann: Session) -> None:
    for _ in range(7):
        assert ann.do("merge", "各位邻居") is None
    assert [link[0] for link in ann.links()] == [[*range(1, 9)]] * len(ann.links())
    assert len(ann.work.desk.log("bridge")) == 7
    fresh = session(ann.work.desk)
    assert fresh.links() == ann.links()
    with pytest.raises(AlignerError, match="no further link"):
        ann.do("merge", "各位邻居")


def test_an_operation_that_is_sent_again_after_a_reload_counts_once(ann: Session) -> None:
    ann.do("merge", "各位邻居")
    ann.do("undo")
    ann.do("merge", "我写信")
    other = session(ann.work.desk)
    for kind in ("merge", "undo", "merge"):
        assert other.do(kind, "各位邻居") is None
    assert len(ann.work.desk.log("bridge")) == 3
    assert other.links()[1][0] == [2, 3]


def test_two_sessions_that_save_the_same_operation_at_once_store_it_once(
    ann: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = session(ann.work.desk)
    edit_for, tried = aligning.edit_for, []

    def slow(kind: str, args: Any, editor: Any) -> Any:
        if not tried:  # the page before the reload is quicker, and goes on
            tried.append(kind)
            first = again.item("各位邻居")
            assert again.do("merge", at=first["texts"][0]["start"]) is None
            assert again.do("merge", at=first["texts"][0]["start"]) is None
        return edit_for(kind, args, editor)

    monkeypatch.setattr(aligning, "edit_for", slow)
    first = ann.item("各位邻居")
    assert ann.do("merge", at=first["texts"][0]["start"]) is None
    assert tried
    assert [each["action"] for each in ann.look()["history"]] == ["merge", "merge"]


def test_an_undo_with_nothing_to_take_back_takes_nothing_back_when_it_is_sent_again(ann: Session) -> None:
    args = {"reviewer": "ann", "rendering": WHOLE, "revision": 0}
    at = ann.item("各位邻居")["start"]
    pending = [
        {"seq": 1, "id": "u", "kind": "undo", "args": args},
        {"seq": 2, "id": "m", "kind": "merge", "args": {**args, "at": at}},
    ]
    sent = {"client": "c", "pending": pending}
    for _ in range(2):  # the second time to a server that knows nothing of the first
        work = Aligning(ann.work.desk, "bridge", Catalogue.load("en"))
        answer = Acknowledged().take(sent, work.apply, work.knows)
        assert answer is not None
        assert answer["ack"] == 2
        assert [each.kind for each in ann.work.desk.log("bridge")] == ["replace"]


def test_a_segment_moves_to_the_sentence_before_or_to_any(ann: Session) -> None:
    ann.do("move", "六个月", by=-1)
    assert [link[0] for link in ann.links() if "六个月" in link[2]] == [[4]]
    ann.do("relink", "六个月", sentence=ann.sentence(5))
    assert [link[0] for link in ann.links() if "六个月" in link[2]] == [[5]]
    ann.do("move", "桥已有", SOME, by=1)  # sentence 5 has nothing in this rendering
    assert [link[0] for link in ann.links(SOME) if "桥已有" in link[2]] == [[5]]
    with pytest.raises(AlignerError, match="no further sentence"):
        ann.do("move", "谨致", by=1)


def test_a_sentence_is_linked_and_taken_off_again(ann: Session) -> None:
    ann.do("link", "桥已有", SOME, sentence=ann.sentence(5))
    assert [link[0] for link in ann.links(SOME) if "桥已有" in link[2]] == [[4, 5]]
    ann.do("link", "桥已有", SOME, sentence=ann.sentence(4))
    assert [link[0] for link in ann.links(SOME) if "桥已有" in link[2]] == [[5]]
    loose = ann.item("这封信说桥", WORDS)
    ann.do("link", "这封信说桥", WORDS, sentence=ann.sentence(2), stretch=loose["texts"][0])
    assert ([2], "confirmed", loose["texts"][0]["text"]) in ann.links(WORDS)


def test_text_is_pulled_in_and_marked(ann: Session) -> None:
    loose = ann.item("并不意外", WORDS)["texts"][0]
    ann.do("pull", "不安全", WORDS, stretch=loose)
    assert ann.links(WORDS) == [([4], "confirmed", f"不安全|{loose['text']}")]
    ann.do("residue", rendering=WORDS, stretch=loose, kind="commentary")
    assert ann.links(WORDS) == [([4], "confirmed", "不安全")]
    ann.look()
    assert ann.item("并不意外", WORDS)["kind"] == "commentary"
    ann.do("mode", "不安全", WORDS, mode="direct")
    ann.do("absent", rendering=WORDS, sentence=ann.sentence(1), kind="omitted")
    ann.look()
    assert ann.item("不安全", WORDS)["mode"] == "direct"
    assert {"row": 1, "kind": "omitted", "said": True, "start": ann.sentence(1)["start"]} in ann.lane(WORDS)["gaps"]


def test_one_link_is_confirmed_or_all_to_here(ann: Session) -> None:
    ann.do("confirm", "我写信")
    assert [link[1] for link in ann.links()][:3] == ["auto", "confirmed", "auto"]
    ann.do("confirm_to", "最重要")
    assert [link[1] for link in ann.links()] == ["confirmed"] * 4 + ["auto"] * 4
    before = len(ann.work.desk.log("bridge"))
    assert ann.do("confirm", "我写信") is None
    assert len(ann.work.desk.log("bridge")) == before


def test_two_reviewers_at_one_link_keep_both_words_and_one_chooses(desk: Desk) -> None:
    ann, ben = session(desk), session(desk, "ben")
    part = ann.item("最重要")["texts"][0]
    place = part["start"] + part["text"].index("，") + 1
    ann.do("split", "最重要", stretch=part, place=place)
    ben.do("merge", "各位邻居")  # elsewhere: taken, though ben has not seen ann's
    told = ben.do("merge", "它已有")
    assert told
    assert "Somebody else" in told
    assert len(ann.links()) == 8  # one more by the split, one less by the merge
    (conflict,) = ben.look()["conflicts"]
    assert (conflict["mine"]["by"], conflict["mine"]["action"]) == ("ben", "merge")
    assert [(each["by"], each["action"]) for each in conflict["theirs"]] == [("ann", "split")]
    ben.do("keep_mine", parked=conflict["id"])
    assert ben.look()["conflicts"] == []
    assert ([4, 5], "confirmed", "它已有八十年历史，最重要的是，它不安全。|工坊将用六个月修好它。") in ben.links()
    assert ben.do("keep_mine", parked=conflict["id"]) == "This was settled already."


def test_a_conflict_says_which_mode_stands_against_which_and_what_each_leaves(desk: Desk) -> None:
    ann, ben, cy, dot = (session(desk, name) for name in ("ann", "ben", "cy", "dot"))
    ann.do("mode", "我写信", mode="fragment")
    assert ben.do("mode", "我写信", mode="indirect")
    assert cy.do("residue", "我写信", kind="commentary", stretch=cy.item("我写信")["texts"][0])
    assert dot.do("absent", sentence=dot.sentence(2), kind="omitted", at=0)
    conflicts = dot.look()["conflicts"]
    assert [(c["mine"]["kind"], c["mine"]["was"], c["mine"]["rows"]) for c in conflicts] == [
        (["mode", "indirect"], ["mode", "direct"], [2]),
        (["residue", "commentary"], None, [2]),
        (["mode", "omitted"], None, [2]),
    ]
    assert [c["theirs"][0]["kind"] for c in conflicts] == [["mode", "fragment"]] * 3
    assert conflicts[0]["theirs"][0]["leaves"] == [
        {"rows": [2], "kind": ["mode", "fragment"], "text": "我写信谈谈这座老桥。"}
    ]
    assert {"rows": [2], "kind": ["mode", "omitted"], "text": ""} in conflicts[2]["mine"]["leaves"]


def test_a_conflict_can_be_left_at_the_other_word(desk: Desk) -> None:
    ann, ben = session(desk), session(desk, "ben")
    ann.do("merge", "各位邻居")
    after = ann.links()
    assert ben.do("unlink", "我写信")
    (conflict,) = ben.look()["conflicts"]
    ben.do("keep_theirs", parked=conflict["id"])
    assert ben.look()["conflicts"] == []
    assert ben.links() == after
    assert len(desk.store.parked("bridge")) == 1


def test_the_conflict_of_others_is_an_adjudicators_to_settle(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, ben, cy = session(desk), session(desk, "ben"), session(desk, "cy")
    ann.do("merge", "各位邻居")
    assert ben.do("unlink", "我写信")
    (conflict,) = cy.look()["conflicts"]
    monkeypatch.setattr(access, "person", lambda: Person("cy", Role.REVIEWER))
    with pytest.raises(SignInError, match="only adjudicators"):
        cy.work.apply(Operation(9, "9", "keep_mine", {"reviewer": "cy", "rendering": WHOLE, "parked": conflict["id"]}))
    assert cy.look()["conflicts"] == [conflict]
    monkeypatch.setattr(access, "person", lambda: Person("cy", Role.ADJUDICATOR))
    assert cy.do("keep_mine", parked=conflict["id"]) is None
    assert cy.look()["conflicts"] == []
    assert "我写信" not in str(cy.links())


def test_what_was_parked_is_kept_where_its_words_stand_when_it_is_settled(tmp_path: Path) -> None:
    folder = support_ui.build(tmp_path)
    with open_store(str(tmp_path / "store.sqlite")) as store:
        desk = Desk(Corpus.open(folder), store)
        ann, ben = session(desk), session(desk, "ben")
        ann.do("merge", "各位邻居")
        assert ben.do("unlink", "我写信")
        made = support_ui.articles(desk.corpus.letter("bridge"))[WHOLE]
        moved = support_ui.Article("前言。\n" + made.text, links=made.links)
        moved.targets = [replace(each, start=each.start + 4, end=each.end + 4) for each in made.targets]
        support_ui._write(folder, "bridge", WHOLE, moved)
        late = session(Desk(Corpus.open(folder), store), "ben")
        late.number = ben.number
        late.do("keep_mine", parked=late.view["conflicts"][0]["id"])
        assert late.look()["conflicts"] == []
        assert "我写信" not in str(late.links())
        assert "各位邻居" in str(late.links())


def test_ones_own_burst_is_no_conflict_though_somebody_else_works_elsewhere(desk: Desk) -> None:
    ann, ben = session(desk), session(desk, "ben")
    ann.do("confirm", "谨致问候")
    for _ in range(3):
        assert ben.do("merge", "各位邻居") is None
    assert ben.look()["conflicts"] == []
    assert ben.links()[0][0] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("kind", "args", "said"),
    [
        ("split", {"stretch": {"start": 0, "end": 2, "text": "不是"}, "place": 1}, "other words"),
        ("split", {"stretch": "x", "place": 1}, "not a span"),
        ("link", {"at": 9, "sentence": {"start": 5, "end": 6, "text": "§"}}, "other words"),
        ("merge", {"at": "9"}, "nothing is selected"),
        ("merge", {"at": 10**9}, "no link holds"),
        ("mode", {"at": "first", "mode": "loud"}, "unknown kind"),
        ("move", {"at": "first", "by": 2}, "one sentence"),
        ("dance", {}, "unknown operation"),
    ],
)
def test_what_a_browser_makes_up_is_refused_and_stores_nothing(
    ann: Session, kind: str, args: dict[str, Any], said: str
) -> None:
    if args.get("at") == "first":
        args = {**args, "at": ann.item("各位邻居")["start"]}
    with pytest.raises(AlignerError, match=said):
        ann.do(kind, **args)
    assert ann.work.desk.log("bridge") == ()


class Alike:
    """An encoder for which only one pair of texts is alike."""

    name, dimensions, max_tokens = "alike", 2, 99

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        alike = ("ferry", "不安全")
        return np.array([[1, 0] if any(word in t for word in alike) else [0, 1] for t in texts], dtype=np.float32)


def test_sentences_near_by_are_ranked_by_how_alike_they_are(ann: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aligning, "encoder", Alike)
    part = ann.item("不安全", WORDS)["texts"][0]
    ann.do("candidates", "不安全", WORDS, stretch=part)
    near = ann.look()["near"]
    assert (near["rendering"], near["at"]) == (WORDS, part["start"])
    assert near["found"][0] == {"n": 6, "score": 1.0}
    assert len(near["found"]) == 5
    assert ann.work.desk.log("bridge") == ()


def test_aligning_again_is_proposed_and_stored_only_when_taken(ann: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aligning, "encoder", Alike)
    before = ann.links()
    editor = ann.work.desk.editor("bridge", WHOLE)
    edit = editor.confirm(editor.part.beads[:2])
    monkeypatch.setattr(Desk, "realigned", lambda *_: Realigned(ann.work.desk.automatic("bridge", WHOLE), edit))
    ann.do("realign")
    proposal = ann.look()["proposal"]
    assert [(each["side"], each["target"]) for each in proposal["changes"]][2:] == [
        ("after", ["各位邻居："]), ("after", ["我写信谈谈这座老桥。"]),
    ]  # fmt: skip
    ann.do("leave")
    assert ann.look()["proposal"] is None
    assert ann.links() == before
    ann.do("realign")
    ann.do("take")
    assert [link[1] for link in ann.links()][:3] == ["confirmed", "confirmed", "auto"]
    assert "gone" in str(ann.do("take"))


def test_the_log_is_not_read_again_for_a_state_that_is_kept(ann: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    ann.do("confirm", "各位邻居")
    place = Correcting(ann.work.desk, "bridge", WHOLE, "ann", 0, ann.work.kept)
    editor = place.editor()
    with monkeypatch.context() as patch:
        patch.setattr(log, "read", None)
        assert place.editor() is editor
    ann.do("merge", "各位邻居")
    assert len(place.editor().part.beads) == len(editor.part.beads) - 1


def test_undo_and_redo_go_back_to_states_that_are_kept(ann: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ann.links()
    ann.do("merge", "各位邻居")
    after = ann.links()
    with monkeypatch.context() as patch:
        patch.setattr(Desk, "editor", None)
        ann.do("undo")
        assert ann.links() == before
        ann.do("redo")
        assert ann.links() == after
    assert session(ann.work.desk).links() == after


def test_what_changed_is_sent_alone_until_the_page_asks_for_the_whole(ann: Session) -> None:
    whole = ann.work.sent()
    ann.do("merge", "各位邻居")
    ann.look()
    ann.do("unlink", "六个月")
    sent = ann.work.sent()
    assert (sent["since"], sent["letter"]) == (whole["whole"], {"id": "bridge"})
    assert [lane["id"] for lane in sent["lanes"]] == [WHOLE]
    before, after = whole["lanes"][0], ann.look()["lanes"][0]
    for key, gone in (("items", "gone"), ("gaps", "closed")):
        new = sent["lanes"][0]
        changed = {each["start"]: each for each in (*before[key], *new[key])}
        assert [changed[start] for start in sorted(changed.keys() - set(new[gone]))] == after[key]
    assert 0 < len(sent["lanes"][0]["items"]) < len(after["items"])
    assert ann.work.sent("again")["lanes"] == ann.view["lanes"]
    assert ann.work.sent("again")["lanes"] == []


def test_many_changes_are_sent_as_a_whole(ann: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(align_changes, "MOST", 1)
    first = ann.work.sent()["whole"]
    ann.do("unlink", "六个月")
    assert ann.work.sent()["whole"] != first


def test_without_a_name_nothing_is_stored(desk: Desk) -> None:
    with pytest.raises(AlignerError, match="name"):
        session(desk, " ").do("merge", "各位邻居")
    assert desk.log("bridge") == ()


def test_every_operation_is_tried_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert not {kind for kind in OPERATIONS if f'do("{kind}"' not in text}


def test_a_rejected_link_and_a_merge_with_the_one_before(ann: Session) -> None:
    ann.do("merge_before", "我写信")
    assert ann.links()[0][0] == [1, 2]
    ann.do("reject", "谨致问候")
    assert "谨致问候" not in str(ann.links())
    assert len(ann.work.desk.state("bridge", WHOLE).bans) == 1

"""Small lectures for the tests of stories: written from their parts, worked out, and told when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from gdcore.notation import Node, plain
from scenes.lecture.read import read_lecture
from scenes.lecture.study import Study, study
from scenes.storyboard import Story, tell
from scenes.storyboard.facts import reason_of
from scenes.text import Rich
from scenes.theme import Role


@dataclass(frozen=True)
class Told:
    """A lecture that has been worked out, and its stories by the names of their scenes."""

    study: Study

    @cached_property
    def stories(self) -> Mapping[str, Story]:
        return {scene.name: tell(self.study, scene) for scene in self.study.lecture.scenes}

    @property
    def story(self) -> Story:
        """The first one."""
        return next(iter(self.stories.values()))

    def plain(self, content: Rich) -> str:
        return self.study.speech.text(content)

    def caption(self, beat: str, scene: str | None = None) -> str:
        story = self.story if scene is None else self.stories[scene]
        return self.plain(story.beat(beat).caption)

    def ending(self, scene: str | None = None) -> str:
        """What is said of the end of a run, and of the place that it came to."""
        story = self.story if scene is None else self.stories[scene]
        return " ".join(self.plain(story.beat(beat).caption) for beat in ("end", "place") if story.has(beat))

    def plain_node(self, node: Node) -> str:
        return plain(node, self.study.speech.decimal)

    def everything(self, scene: str | None = None) -> str:
        """Title and captions of a story, one a line."""
        story = self.story if scene is None else self.stories[scene]
        return "\n".join([self.plain(story.title), *(self.plain(beat.caption) for beat in story.beats)])

    def roles(self, *beats: str) -> set[Role]:
        """The meanings that colour the captions of those beats that there are."""
        told = [self.story.beat(beat) for beat in beats if self.story.has(beat)]
        return {run.role for beat in told for run in beat.caption.runs if run.role is not None}

    def reason(self, run: str = "a") -> str:
        """What the report says of a run."""
        return self.plain(reason_of(self.study.speech, self.study.problem, self.study.trajectories[run]))


Tell = Callable[..., Told]


@pytest.fixture
def told(tmp_path: Path) -> Tell:
    """Tell a lecture from its parts: the problem's keys, the runs by name, the scenes, and data files by name."""

    def tell_lecture(
        problem: str,
        runs: Mapping[str, str],
        *scenes: str,
        head: str = "title: T",
        **files: str,
    ) -> Told:
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        lines = [head, f"problem: {{{problem}}}", "runs:"]
        lines += [f"  {name}: {{{run}}}" for name, run in runs.items()]
        lines += ["scenes:", *(f"  - {{{scene}}}" for scene in scenes)]
        path = tmp_path / "lecture.yaml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return Told(study(read_lecture(path)))

    return tell_lecture

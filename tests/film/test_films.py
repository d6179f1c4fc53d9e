"""A small film of every kind, rendered for real, decoded and looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import manim
import numpy as np
import pytest

from scenes.film.join import join_segments
from scenes.film.manim.camera import Painting, StageCamera
from scenes.film.manim.render import render_film, render_segments
from scenes.film.still import render_still
from scenes.film.timeline import part_of, stretches
from scenes.kinds import kinds
from scenes.layout import Frame
from scenes.theme import DARK, Role
from scenes.widgets.picture import picture_of
from tests.lectures import first_of

WIDTH, HEIGHT, FPS = 320, 180, 4


def frames_of(film: Path) -> list[np.ndarray]:
    with av.open(str(film)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


@pytest.mark.parametrize("kind", kinds())
def test_a_film_of_each_kind(kind: str, tmp_path: Path) -> None:
    told = first_of(kind)
    film = tmp_path / "film.mp4"
    seen: list[tuple[int, int]] = []
    render_film(
        told,
        film,
        width=WIDTH,
        height=HEIGHT,
        fps=FPS,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert [p.name for p in tmp_path.iterdir()] == ["film.mp4"], "nothing else is left behind"
    frames = frames_of(film)
    assert len(frames) == round(told.seconds * FPS)
    assert frames[0].shape == (HEIGHT, WIDTH, 3)
    assert seen[-1] == (len(frames), len(frames))
    for beat in told.beats:
        shown = frames[min(len(frames) - 1, round(beat.end * FPS) - 1)].astype(int)
        assert np.ptp(shown) > 100, f"blank at the end of '{beat.id}'"
        still = render_still(told, beat.end - 1e-3, width=WIDTH, height=HEIGHT)[..., :3].astype(int)
        assert np.abs(shown - still).mean() < 6, f"film and still differ at '{beat.id}'"


@pytest.mark.parametrize("kind", kinds())
def test_chapters_are_those_of_the_story(kind: str, tmp_path: Path) -> None:
    told = first_of(kind)
    short = replace(told, beats=told.beats[:2])  # two beats are enough to see how chapters are written
    film = tmp_path / "film.mp4"
    render_film(short, film, width=64, height=36, fps=2)
    with av.open(str(film)) as container:
        chapters = [(c["metadata"]["title"], c["start"] / 1000) for c in container.chapters()]
        assert container.metadata["title"] == told.title.plain()
    wanted = [(beat.chapter.plain(), beat.start) for beat in short.beats if beat.chapter]
    assert wanted
    assert [title for title, _ in chapters] == [title for title, _ in wanted]
    assert [at for _, at in chapters] == pytest.approx([at for _, at in wanted], abs=0.002)


def test_the_point_is_orange_in_the_decoded_film(tmp_path: Path) -> None:
    told = first_of("tangent")
    first_steps = replace(told, beats=told.beats[:5])
    film = tmp_path / "film.mp4"
    render_film(first_steps, film, width=640, height=360, fps=FPS)
    frame = Frame.of_pixels(640, 360)
    x, y = picture_of(told, frame).plot.at(told.w[1], told.loss[1])
    column, row = round((x / frame.width + 0.5) * 640), round((0.5 - y / frame.height) * 360)
    shown = frames_of(film)[-1][row, column] / 255
    assert np.abs(shown - DARK.colours[Role.POINT]).max() < 0.12


def test_a_film_made_in_parts_is_the_film_made_at_once(tmp_path: Path) -> None:
    told = first_of("tangent")
    made = []
    for parts in (1, 3):
        segments = []
        for part in range(parts):
            folder = tmp_path / f"{part}-of-{parts}"
            folder.mkdir()
            segments += render_segments(told, folder, width=64, height=36, fps=FPS, part=part, parts=parts)
            assert segments, "no part is empty here"
        join_segments(segments, tmp_path / f"{parts}.mp4", told, FPS)
        made.append((tmp_path / f"{parts}.mp4").read_bytes())
    assert made[0] == made[1]
    assert len(frames_of(tmp_path / "3.mp4")) == round(told.seconds * FPS)


def test_no_segment_is_lost_whatever_a_users_manim_keeps(tmp_path: Path) -> None:
    told = first_of("tangent")
    with manim.tempconfig({"max_files_cached": 2}):
        segments = render_segments(told, tmp_path, width=32, height=18, fps=2)
    assert len(segments) > 2
    assert all(segment.exists() for segment in segments)


def test_objects_of_manim_are_painted_on_top_of_a_surface() -> None:
    """The picture with a mesh lies on other pixels than the camera began with."""
    told = first_of("surface")
    camera = StageCamera(pixel_width=160, pixel_height=90, frame_width=8 * 16 / 9, frame_height=8.0)
    painting = Painting(picture_of(told, Frame.of_pixels(160, 90)))
    for seconds in (told.seconds * 0.4, told.seconds * 0.9):
        painting.seconds = seconds
        camera.reset()
        camera.capture_mobjects([painting, manim.Dot(manim.ORIGIN, radius=1.0, color=manim.WHITE)])
        still = render_still(told, seconds, width=160, height=90)
        apart = np.abs(camera.pixel_array.astype(int) - still).max(axis=-1) > 0
        assert (camera.pixel_array[45, 80] == 255).all()
        assert apart[30:60, 65:95].any()
        apart[30:60, 65:95] = False
        assert not apart.any()


@pytest.mark.parametrize("parts", [1, 2, 5, 40])
def test_parts_are_the_whole_in_order(parts: int) -> None:
    told = first_of("surface")
    whole = list(stretches(told, 30))
    assert [s for part in range(parts) for s in part_of(told, 30, part, parts)] == whole

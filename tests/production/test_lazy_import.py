"""Modules that are imported when they are first used. Each test has an interpreter of its own: imports are for good."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[2]


def run(code: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [sys.executable, "-c", dedent(code)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_it_stands_for_what_it_is_asked_for_until_that_is_called() -> None:
    assert run("""
        import sys
        from scenes.film.lazy_import import imported_later
        with imported_later(["colorsys", "xml.dom.minidom"]):
            import colorsys
            from xml.dom.minidom import Document, parseString
            kept = colorsys.rgb_to_hsv
        print("colorsys" in sys.modules, "xml.dom.minidom" in sys.modules)
        print(kept(1, 0, 0), parseString("<a/>").documentElement.tagName)
        import colorsys as real
        print(colorsys.rgb_to_hls is real.rgb_to_hls, sys.modules["colorsys"] is real)
    """).splitlines() == ["False False", "(0.0, 1.0, 1) a", "True True"]


def test_a_module_that_is_there_stays() -> None:
    assert (
        run("""
        import colorsys
        from scenes.film.lazy_import import imported_later
        with imported_later(["colorsys"]):
            import colorsys as again
        print(again is colorsys)
    """)
        == "True"
    )


def test_what_is_missing_is_said_when_it_is_used() -> None:
    assert (
        run("""
        from scenes.film.lazy_import import imported_later
        with imported_later(["not_there"]):
            from not_there import thing
        try:
            thing.deeper(1)
        except ModuleNotFoundError as error:
            print(error.name)
    """)
        == "not_there"
    )


def test_manim_does_without_until_it_needs_them() -> None:
    """Also where it is used: rotations by SciPy, layouts of graphs by NetworkX."""
    assert run("""
        import sys
        import scenes.film.manim
        import manim
        print([name for name in ("scipy", "networkx") if name in sys.modules])
        from manim.utils.space_ops import rotation_matrix
        print(rotation_matrix(manim.PI / 2, manim.OUT).round(9).astype(int).tolist())
        graph = manim.Graph([1, 2, 3], [(1, 2)], layout="circular")
        print(len(graph.vertices), [name for name in ("scipy", "networkx") if name in sys.modules])
    """).splitlines() == ["[]", "[[0, -1, 0], [1, 0, 0], [0, 0, 1]]", "3 ['scipy', 'networkx']"]


def test_our_scenes_never_need_them(tmp_path: Path) -> None:
    assert (
        run(f"""
        import sys
        from pathlib import Path
        from scenes.film.manim.render import render_segments
        from scenes.lecture.read import read_lecture
        from scenes.lecture.shipped import shipped
        from scenes.lecture.study import study
        from scenes.storyboard import tell
        kinds = set()
        for path in shipped().values():
            known = study(read_lecture(path))
            for scene in known.lecture.scenes:
                if scene.kind not in kinds:
                    kinds.add(scene.kind)
                    folder = Path({str(tmp_path)!r}) / scene.kind
                    folder.mkdir()
                    render_segments(tell(known, scene), folder, width=96, height=54, fps=2)
        print(len(kinds), [name for name in ("scipy", "networkx") if name in sys.modules])
    """)
        == "5 []"
    )


def test_a_manim_cfg_in_the_working_directory_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "manim.cfg").write_text("no section\n")
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import scenes.film.manim.session, os; print(os.getcwd())"
    assert run(code, tmp_path) == str(tmp_path.resolve())

"""The scene `surface`: the loss as a landscape in space, floor contours, and a path that falls."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from gdcore.base.arrays import FloatArray
from scenes.draw.pen import HAIR, LINE, THIN, Pen
from scenes.kinds.surface.story import SurfaceStory
from scenes.layout import Frame
from scenes.layout.polylines import halved
from scenes.storyboard.facts import rates_shown
from scenes.storyboard.story import Moment
from scenes.storyboard.views.levels import Levels
from scenes.storyboard.views.relief import FLOOR_BOX, Space, trail
from scenes.storyboard.views.terrain import rows_in_view
from scenes.text import maths, number, whole
from scenes.theme import DARK, READOUT, TICK, Role, tints
from scenes.widgets.marks import CASING, draw_minimum
from scenes.widgets.picture import Picture
from scenes.widgets.plane.track import at_row
from scenes.widgets.readout import ROW, Reading, draw_formula, draw_readout, formula_place
from scenes.widgets.space.box_axes import BoxNames, box_margins, draw_box_axes, draw_floor, upright_edge
from scenes.widgets.space.facets import PLACE
from scenes.widgets.space.skin import HIDDEN, Skin, draw_line_over
from scenes.widgets.space.view import BOX_GAP, BOX_HEIGHT, FLOOR, Flight, View

from .step_arrows import OVER, StepArrows

_ELEVATION = np.radians(24.0), np.radians(36.0)  # at first and at last
_TURN = np.radians(56.0)  # a quarter turn less the margins in which an axis would be seen end on
_LIFT = 0.014
_SEEN = 3  # the first colour of heights that stands out from the stage as a line
_POINT = 0.11
_FORMULAE = 2.2  # height of both rules with their numbers


class SurfacePicture(Picture[SurfaceStory]):
    """Surface over a floor with contours, the path on both, readout beside."""

    readout_height = 2.6

    def __init__(self, story: SurfaceStory, frame: Frame) -> None:
        self.rates = [
            (maths(name), number(rate))
            for name, rate in rates_shown(story.speech, story.parameters, story.rate)
        ]
        self.readout_height += ROW * (len(self.rates) - 1)
        super().__init__(story, frame)
        terrain, (p, q) = story.terrain, story.parameters
        loss = story.speech.formula("J({p}, {q})", p=p, q=q)
        self.names = BoxNames(maths(p), maths(q), maths(loss))
        self.space = Space.over(terrain, BOX_GAP, BOX_HEIGHT)
        self.relief = self.space.relief(terrain)
        self.skin = Skin(self.relief, DARK.surface)
        self.contours = self._contours()
        self.flat = self.space.flat(story.path)
        # A diverging run is drawn up to the step that leaves the picture for good.
        self.trail, self.trail_rows = trail(self.flat[: rows_in_view(story.loss) + 1])
        azimuth, turn = self._best_view()
        start, goal = View(azimuth, _ELEVATION[0]), View(azimuth + turn, _ELEVATION[1])
        extent = np.vstack([FLOOR, *self.relief.outline(), upright_edge(start)])
        stage = self.zones.stage
        self.flight = Flight.over(start, goal, stage, extent, box_margins(self.space, self.names, stage))
        self.arrows = StepArrows(story, self._on_surface, self.flight.at(0.0), self.zones.stage)
        self.counter = maths(story.speech.formula("k"))

    def _on_surface(self, path: FloatArray) -> FloatArray:
        """Parameters (n, 2) as points (n, 3) a little above the surface (above its edge where outside)."""
        return self.relief.drape(self.space.flat(path), _LIFT)

    def _contours(self) -> list[tuple[FloatArray, tuple[float, float, float]]]:
        """Level lines on the floor (n, 3) in the colour of their height."""
        terrain = self.story.terrain
        ground = Levels(self.relief.grid, self.relief.grid, terrain.z)
        heights = self.space.z(self.story.terrain.levels)
        low, high = self.space.z(np.array(terrain.z_range))
        colours = tints((heights - low) / (high - low), DARK.surface[_SEEN:])
        found = []
        for level, tint in zip(self.story.terrain.levels, colours, strict=True):
            for line in ground.lines(level):
                flat = halved(line, PLACE / 2)
                colour = (float(tint[0]), float(tint[1]), float(tint[2]))
                found.append((np.column_stack([flat, np.zeros(len(flat))]), colour))
        return found

    def _best_view(self) -> tuple[float, float]:
        """First azimuth and signed turn: the start in sight at first, the whole path at last."""
        if self.story.azimuth is not None:
            return float(np.radians(self.story.azimuth)) - _TURN / 2, _TURN
        rows = np.unique(np.linspace(0, rows_in_view(self.story.loss) - 1, 60).astype(int))
        some = self._on_surface(self.story.path[rows])

        def seen(view: View, rows: slice) -> float:
            return float(self.relief.visible(some[rows], view).mean())

        def worth(option: tuple[float, float]) -> float:
            first, turn = option
            views = [
                View(first + part * turn, _ELEVATION[0] + part * (_ELEVATION[1] - _ELEVATION[0]))
                for part in (0.0, 0.5, 1.0)
            ]
            spread = np.ptp(views[2].project(some), axis=0)
            sight = (
                seen(views[0], slice(0, 20)) + seen(views[1], slice(None)) + 2 * seen(views[2], slice(None))
            )
            return sight + 0.5 * float(spread.min() + 0.3 * spread.max())

        margin = (np.pi / 2 - _TURN) / 2
        options = []
        for quadrant in (-1, 0, 1, 2):  # within one, the axes keep their edges of the floor
            low, high = quadrant * np.pi / 2 + margin, (quadrant + 1) * np.pi / 2 - margin
            options += [(low, _TURN), (high, -_TURN)]
        return max(options, key=worth)

    def _view_at(self, at: Moment) -> View:
        turned = 0.5 * (at.done("fall") if self.story.has("fall") else 0.0)
        turned += (1 - 0.5 * self.story.has("fall")) * at.done("valley")
        return self.flight.at(turned)

    # What the moment shows

    def ground_key(self, at: Moment) -> Hashable:
        return self._view_at(at), at.raw("surface"), at.position if at.since("start") else -1.0, at.number

    def draw(self, pen: Pen, at: Moment) -> None:
        view = self._view_at(at)
        if at.since("start"):
            self._path(pen, view, at)
            self.arrows.draw(pen, view, at)
            self._point(pen, view, at)
        self._readout(pen, at)

    def ground(self, pen: Pen, at: Moment) -> None:
        view = self._view_at(at)
        grown = at.done("surface", 0.2, 1.0)
        self._floor(pen, view, at, at.done("surface", 0.0, 0.4))
        if grown > 0:
            fog = (self._place(at), pen.paper) if self.story.fog else None
            self.skin.draw(pen, view, shown=grown, fog=fog)
        draw_box_axes(pen, self.space, view, self.names, at.done("surface", 0.0, 0.5))
        self._minima(
            pen, view, at.done("surface", 0.9, 1.0), named=not at.since("fall") and not at.since("valley")
        )

    def _floor(self, pen: Pen, view: View, at: Moment, shown: float) -> None:
        draw_floor(pen, view, shown)
        if self.contours and not self.story.fog:
            flat = view.project(np.concatenate([line for line, _ in self.contours]))
            ends = np.cumsum([len(line) for line, _ in self.contours])
            for line, (_, colour) in zip(np.split(flat, ends[:-1]), self.contours, strict=True):
                pen.stroke(line, colour, HAIR * 1.3, 0.75 * shown, quiet=True)
        if at.since("start"):
            for part in self._walked(at):
                pen.stroke(view.project(_on_floor(part)), Role.POINT, THIN, 0.55, quiet=True)
            here = self._place(at)
            if np.abs(here).max() <= 1:
                x, y = view.project(_on_floor(here)).tolist()
                pen.disc((x, y), _POINT * 0.5, Role.POINT, 0.55)

    def _place(self, at: Moment) -> FloatArray:
        """Where the descent stands on the floor of the box, (2,)."""
        return at_row(self.flat, at.position)

    def _walked(self, at: Moment) -> list[FloatArray]:
        """The path so far on the floor of the box: the parts (m, 2) inside it."""
        walked = self.trail[self.trail_rows <= at.position]
        return FLOOR_BOX.clip(np.vstack([walked, self._place(at)]))

    def _path(self, pen: Pen, view: View, at: Moment) -> None:
        for part in self._walked(at):
            line = self.relief.drape(part, _LIFT)
            draw_line_over(pen, self.relief, view, line, Role.POINT, LINE * 1.2)
        marks = self.flat[: min(int(at.position) + 1, 40)]
        marks = marks[(np.abs(marks) <= 1).all(axis=1)]
        places = self.relief.drape(marks, _LIFT)
        seen = self.relief.visible(places, view)
        for (x, y), visible in zip(view.project(places).tolist(), seen.tolist(), strict=True):
            pen.disc((x, y), _POINT * 0.42, Role.POINT, 1.0 if visible else HIDDEN)

    def _point(self, pen: Pen, view: View, at: Moment) -> None:
        here = self._place(at)
        if np.abs(here).max() > 1:
            return
        place = self.relief.drape(here[None], _LIFT)
        x, y = view.project(place)[0].tolist()
        born = at.done("start")
        visible = bool(self.relief.visible(place, view)[0])
        radius = _POINT * (0.4 + 0.6 * born)
        pen.disc((x, y), radius + CASING, Role.CASING, born * (1.0 if visible else 0.0))
        pen.disc((x, y), radius, Role.POINT, born * (1.0 if visible else 0.55))

    def _minima(self, pen: Pen, view: View, shown: float, named: bool) -> None:
        if shown <= 0 or self.story.fog or not len(self.story.terrain.minima):
            return
        places = self._on_surface(self.story.terrain.minima)
        seen = self.relief.visible(places, view)
        for place, visible in zip(places, seen, strict=True):
            x, y = view.project(place).tolist()
            draw_minimum(pen, (x, y), shown * (1.0 if visible else HIDDEN))
        if named:  # before the path comes near
            for box in self.arrows.minimum_names:
                pen.text(self.arrows.minimum, box.centre, TICK, role=Role.GOOD, opacity=shown, backed=OVER)

    def _readout(self, pen: Pen, at: Moment) -> None:
        story, zone = self.story, self.zones.readout
        assert zone is not None
        row = at.row
        first, third = at.done("start"), at.done("rule")
        x, y = (form(float(v)) for form, v in zip(story.path_formats, story.path[row], strict=True))
        rows = [
            Reading(self.counter, whole(story.steps[row]), opacity=first),
            *(Reading(name, rate, opacity=first) for name, rate in self.rates),
            Reading(self.names.x, x, Role.POINT, first),
            Reading(self.names.y, y, Role.POINT, first),
            Reading(self.names.z, story.loss_format(float(story.loss[row])), Role.OBJECTIVE, first),
        ]
        zone, top = formula_place(pen, self.zones, draw_readout(pen, zone, rows), third)
        solved = at.done("step-1", 0.0, 0.3) if at.beat.id == "step-1" else 0.0
        size = READOUT * min(1.0, (top - zone.bottom) / _FORMULAE)
        for i, name in enumerate(story.parameters):
            apart = len(self.rates) > 1
            rule = story.speech.say("picture.rule-partial-each" if apart else "picture.rule-partial", p=name)
            top = draw_formula(pen, zone, top, rule, opacity=third, size=size, display=True)
            if solved > 0 and story.spelled:
                step = story.spelled[i]
                worked = story.speech.say("picture.step-worked", change=step.change, new=step.new)
                top = draw_formula(pen, zone, top + 0.06, worked, opacity=solved, size=size * 0.9)


def _on_floor(points: FloatArray) -> FloatArray:
    return np.concatenate([points, np.zeros((*points.shape[:-1], 1))], axis=-1)


picture = SurfacePicture

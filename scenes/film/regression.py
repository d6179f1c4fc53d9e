"""The scene `regression`: data and line, the plane of the parameters, loss and slopes, all in step."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from scenes.film.axes import AxisStyle, draw_axes, fit_plot
from scenes.film.contour_panel import ContourPanel
from scenes.film.dashboard import Arrangement, Cell, NumberLine, free_place
from scenes.film.data_panel import DataPanel
from scenes.film.pen import BOLD, LINE, FloatArray, Pen, measure
from scenes.film.picture import Picture, fitting
from scenes.film.scene import StoryScene
from scenes.film.step_trace import StepTrace, Traced, thinned
from scenes.film.track import Track
from scenes.layout import Box, Frame, Plot
from scenes.layout.box import box_at
from scenes.richtext import maths, words
from scenes.storyboard.numbers import decimals_for, fixed, math_number
from scenes.storyboard.regression import RegressionStory
from scenes.storyboard.story import Moment
from scenes.theme import TICK, TITLE, Role

_NOTE_GAP = 0.16
_SHORT = 2.0  # a trail up to this many times as long as its panel is wide and high is drawn bold
_BACK = 0.4  # how much of the level lines a name hides


class RegressionPicture(Picture[RegressionStory]):
    """The data alone at first; then they make room for the parameters, and for what is recorded."""

    has_readout = False

    def __init__(self, story: RegressionStory, frame: Frame) -> None:
        super().__init__(story, frame)
        stage = self.stage = self._stage()
        self.note = words(story.note)
        note = measure(self.note, TICK, wrap=stage.width)[1] + _NOTE_GAP if story.note else 0.0
        second = story.terrain is not None or story.curve is not None or len(story.distance) > 0
        self.places = Arrangement.of(frame, stage, note, second)
        self.data = DataPanel(story.fit, story.labels, self.places.alone, self.places.data)
        self.contour = self._contour()
        self.curve = self._curve_plot()
        self.track, self.trail = self._tracks()
        self.views, self.widening = self._views()
        self.distance = self._distance()
        self.loss = StepTrace(
            self.places.loss,
            story.trajectory.step,
            story.rows,
            [Traced(words("loss ") + maths("J"), story.trajectory.loss, Role.OBJECTIVE)],
            views=self.views,
            log=story.loss_log,
            floor=story.least,
        )
        self.slopes = self._slopes()
        self.labels = self._labels()
        self.numbers, self.shown = self._number_line()

    # What stands still

    def _stage(self) -> Box:
        """The stage, up to the title: room that is kept for a second line of it is used where there is none."""
        zone, title = self.zones.title, words(self.story.title)
        size = fitting(title, TITLE, zone, bold=True)
        free = zone.height - measure(title, size, bold=True, wrap=zone.width)[1] - 0.12
        return self.zones.stage.trimmed(top=-max(0.0, free))

    def _contour(self) -> ContourPanel | None:
        story, zone = self.story, self.places.second
        if story.terrain is None or zone is None:
            return None
        p, q = story.parameters
        style = AxisStyle(maths(p), maths(q), x_spacing=0.8, y_spacing=0.6)
        return ContourPanel.within(zone, story.terrain, story.levels, style)

    def _curve_plot(self) -> tuple[Plot, AxisStyle] | None:
        story, zone = self.story, self.places.second
        if story.curve is None or zone is None:
            return None
        p = story.parameters[0]
        style = AxisStyle(maths(p), maths(f"J({p})"), y_role=Role.OBJECTIVE, x_spacing=0.8, y_spacing=0.6)
        return fit_plot(zone, story.curve.x_range, story.curve.y_range, style), style

    def _tracks(self) -> tuple[Track | None, Track | None]:
        """The point's way from one shown row to the next, and the trail of all rows."""
        path, every = self.story.path, self.story.trajectory
        if self.contour is not None:
            plot = self.contour.plot
            return (
                Track.on(plot, path[:, 0], path[:, 1]),
                Track.on(plot, every.parameters[:, 0], every.parameters[:, 1]),
            )
        if self.curve is not None:
            plot = self.curve[0]
            return (
                Track.on(plot, path[:, 0], self.story.loss),
                Track.on(plot, every.parameters[:, 0], every.loss),
            )
        return None, None

    @cached_property
    def bold_trail(self) -> bool:
        """Is the trail short enough for a bold line? A run that goes to and fro would paint over the panel."""
        if self.trail is None or self.contour is None:
            return False
        parts = self.trail.box.clip(self.trail.points)
        length = sum(float(np.hypot(*np.diff(part, axis=0).T).sum()) for part in parts)
        return length < _SHORT * (self.trail.box.width + self.trail.box.height)

    def _views(self) -> tuple[list[float], list[str]]:
        """The last step in view at first and after each widening of the axes, and the beats that widen them."""
        story = self.story
        views, beats = [float(story.steps[story.first_row])], []
        for beat in ("turn", "run"):
            if story.has(beat) and story.steps[story.beat(beat).row] > views[-1]:
                end = float(story.steps[story.beat(beat).row])
                if beat == "turn":  # a little of what comes after it is seen, too
                    end = min(1.25 * end, float(story.steps[-1]))
                views.append(end)
                beats.append(beat)
        return views, beats

    def _distance(self) -> StepTrace | None:
        story, zone = self.story, self.places.second
        if zone is None or self.contour is not None or self.curve is not None:
            return None
        return StepTrace(
            zone,
            story.trajectory.step,
            story.rows,
            [Traced(words("distance to the best"), story.distance, Role.POINT)],
            views=self.views,
            log=story.distance_log,
        )

    def _slopes(self) -> StepTrace:
        story, gradient = self.story, self.story.trajectory.gradient
        if len(story.parameters) <= 3:
            traced = [
                Traced(maths(f"partial J \\/ partial {p}"), gradient[:, i], Role.SLOPE, maths(p))
                for i, p in enumerate(story.parameters)
            ]
            if len(traced) == 1:
                traced = [Traced(maths(f"J'({story.parameters[0]})"), gradient[:, 0], Role.SLOPE)]
        else:
            size = np.linalg.norm(gradient, axis=1)
            traced = [Traced(words("size of the gradient"), size, Role.SLOPE)]
        zone, bend = self.places.slopes, story.slope_bend
        return StepTrace(
            zone,
            story.trajectory.step,
            story.rows,
            traced,
            views=self.views,
            bend=bend,
            zero=True,
            heading=words("slopes"),
        )

    def _labels(self) -> dict[str, Box]:
        """Places of the words on the second panel: at the minimum, and where a parameter turns round."""
        story = self.story
        if self.track is None or self.trail is None:
            return {}
        if self.contour is not None:
            plot, minima = self.contour.plot, self.contour.minima
            lines = [self.trail.points, self.track.points]
        else:
            assert self.curve is not None and story.curve is not None
            plot = self.curve[0]
            minima = plot.at(story.curve.minima[:, 0], story.curve.minima[:, 1])
            lines = [*plot.curve(story.curve.x, story.curve.y), self.trail.points]
        lines = [part for line in lines for part in plot.box.clip(line)]
        boxes = [box_at((float(x), float(y)), (0.3, 0.3)) for x, y in minima]
        for row in {0, 1, len(story.steps) - 1} | ({story.turn} if story.turn is not None else set()):
            if row < len(story.steps) and self.track.inside(row):
                boxes.append(box_at(self.track.place(row), (0.3, 0.3)))
        found = {}
        wanted = [("minimum", float(x), float(y)) for x, y in minima[:1]]
        if story.turn is not None and self.contour is not None and self.track.inside(story.turn):
            wanted.append((self._turn_name, *self.track.place(story.turn)))
        for name, x, y in wanted:
            size = measure(words(name), TICK)
            within = plot.box.trimmed(left=0.06, bottom=0.06)
            label = free_place((x, y), size, within=within, boxes=boxes, lines=lines, gap=0.17)
            if label:
                found[name] = label
                boxes.append(label)
        return found

    @property
    def _turn_name(self) -> str:
        return "" if self.story.turn is None else f"step {self.story.steps[self.story.turn]}"

    def _number_line(self) -> tuple[NumberLine, tuple[int, ...]]:
        """The line of numbers, and which parameters there is room for."""
        story = self.story
        self.decimals = [decimals_for(_largest(column), 5) for column in story.path.T]
        self.loss_decimals = decimals_for(_largest(story.loss), 7)
        count = len(story.parameters)
        options = (range(count), range(0)) if count <= 4 else (range(0),)
        for shown in options:
            for rate in (True, False):
                cells = [Cell("k", str(int(story.steps[-1])))]
                cells += [
                    Cell(story.parameters[i], self._widest(story.path[:, i], self.decimals[i]), Role.POINT)
                    for i in shown
                ]
                cells.append(Cell("J", self._widest(story.loss, self.loss_decimals), Role.OBJECTIVE))
                cells += [Cell("alpha", math_number(story.rate))] if rate else []
                line = NumberLine(self.places.numbers, cells)
                if line.fits:
                    return line, tuple(shown)
        return line, ()

    @staticmethod
    def _widest(values: FloatArray, decimals: int) -> str:
        candidates = {fixed(float(v), decimals) for v in (values.min(), values.max(), values[0], values[-1])}
        return max(candidates, key=lambda text: measure(maths(text), 1.0)[0])

    # What the moment shows

    def draw(self, pen: Pen, at: Moment) -> None:
        position = at.position
        room = "room" if self.story.has("room") else "traces"
        self._data(pen, at, position, at.done(room, 0.0, 0.55))
        if at.since("room"):
            grown = at.done("room", 0.5, 1.0)
            self._plane(pen, at, position, grown)
            self._line_of_one(pen, at, position, grown)
            if self.distance is not None:
                self.distance.draw(pen, position, grown=grown, widened=self._widened(at))
        if at.since("traces"):
            begins = 0.0 if room == "room" else 0.4
            grown, compared = at.done("traces", begins, 0.7), at.done("best")
            self.loss.draw(pen, position, grown=grown, widened=self._widened(at), compared=compared)
            self.slopes.draw(pen, position, grown=at.done("traces", 0.4, 1.0), widened=self._widened(at))
        self._numbers(pen, at, position)

    def _widened(self, at: Moment) -> float:
        """Which of the views of the steps is seen, or how far the axes are on their way to the next."""
        return sum(at.done(beat, 0.0, 0.3) for beat in self.widening)

    def _data(self, pen: Pen, at: Moment, position: float, settled: float) -> None:
        panel, story = self.data, self.story
        opened = at.done("loss", 0.0, 0.3)
        plot = panel.plot(opened, settled)
        panel.draw_axes(pen, plot, at.done("data", 0.0, 0.5))
        panel.draw_diagonal(pen, plot, at.done("question", 0.0, 0.7))
        gone = "line" if story.has("line") else "residuals"
        panel.draw_question(pen, plot, at.done("question"), 1 - at.done(gone, 0.0, 0.3))
        squares = at.done("loss", 0.3, 1.0) * (1 - at.done("room" if story.has("room") else "traces", 0.0, 0.3))
        panel.draw_squares(pen, plot, position, squares)
        faded = 1 - 0.55 * at.done("best", 0.0, 0.4)
        panel.draw_residuals(pen, plot, position, at.done("residuals"), 0.85 * faded)
        panel.draw_best(pen, plot, at.done("best"))
        began = at.done("data", 0.5, 1.0) if story.fit.against else at.done("line", 0.2, 1.0)
        panel.draw_model(pen, plot, position, began)
        panel.draw_dots(pen, plot, at.done("data", 0.45, 1.0))
        panel.draw_answers(pen, at.done("predict"))
        if story.note:
            stage = self.stage
            shown = at.done("data", 0.3, 0.6) * (1 - at.done("question", 0.0, 0.4))
            corner = (stage.left, stage.bottom)
            pen.text(
                self.note, corner, TICK, anchor=(-1, -1), role=Role.AXIS, opacity=shown, wrap=stage.width
            )

    def _plane(self, pen: Pen, at: Moment, position: float, grown: float) -> None:
        """Level lines with path and point."""
        if self.contour is None or self.track is None or grown <= 0:
            return
        self.contour.draw(pen, grown)
        self._walk(pen, at, position, grown)
        turn = at.done("turn", 0.85, 1.0) * (1 - at.done("run", 0.0, 0.1)) if at.since("turn") else 0.0
        if self._turn_name in self.labels and self.story.turn is not None and turn > 0:
            pen.disc(self.track.place(self.story.turn), 0.15, Role.POINT, turn, ring=LINE)
            name = self.labels[self._turn_name]
            pen.text(words(self._turn_name), name.centre, TICK, role=Role.POINT, opacity=turn, backed=_BACK)

    def _line_of_one(self, pen: Pen, at: Moment, position: float, grown: float) -> None:
        """The loss of a single parameter as a curve."""
        if self.curve is None or self.story.curve is None or grown <= 0:
            return
        plot, style = self.curve
        draw_axes(pen, plot, style, min(1.0, 1.6 * grown))
        reach = Box(plot.box.left, plot.box.bottom, plot.box.left + grown * plot.box.width, plot.box.top)
        for part in plot.curve(self.story.curve.x, self.story.curve.y):
            for piece in reach.clip(part):
                pen.stroke(piece, Role.OBJECTIVE, BOLD)
        for x, y in plot.at(self.story.curve.minima[:, 0], self.story.curve.minima[:, 1]).tolist():
            pen.disc((x, y), 0.1, Role.GOOD, max(0.0, 4 * grown - 3), ring=LINE)
        self._walk(pen, at, position, grown)

    def _walk(self, pen: Pen, at: Moment, position: float, grown: float) -> None:
        """Path and point, the arrow of a single step, and the minimum's name."""
        assert self.track is not None and self.trail is not None
        row = min(int(position), self.track.last)
        last = int(self.story.rows[row])
        here, there = self.trail.points[: last + 1], np.array(self.track.place(position))
        if self.bold_trail:
            for part in self.trail.box.clip(thinned(np.vstack([here, there]))):
                pen.stroke(part, Role.POINT, LINE * 0.9, 0.9)
        self.trail.draw_path(pen, last)
        for part in self.trail.box.clip(np.array([here[-1], there])):
            pen.stroke(part, Role.POINT, LINE * 0.9)
        if at.stepping and at.arrow > 0 and self.track.inside(at.past_row) and self.track.inside(at.past_row + 1):
            start, end = (np.array(self.track.place(row)) for row in (at.past_row, at.past_row + 1))
            tip = start + (end - start) * at.arrow
            pen.arrow((start[0], start[1]), (tip[0], tip[1]), Role.STEP, LINE * 1.3)
        self.track.draw_point(pen, position, born=max(0.0, 2 * grown - 1))
        if "minimum" in self.labels:
            shown = max(0.0, 4 * grown - 3)
            pen.text(words("minimum"), self.labels["minimum"].centre, TICK, role=Role.GOOD, opacity=shown, backed=_BACK)

    def _numbers(self, pen: Pen, at: Moment, position: float) -> None:
        story = self.story
        row = min(int(position + 1e-9), len(story.steps) - 1)
        first, later = at.done("loss", 0.3, 0.6), at.done("traces", 0.3, 0.7)
        values = [str(int(story.steps[row]))]
        values += [fixed(float(story.path[row, i]), self.decimals[i]) for i in self.shown]
        values.append(fixed(float(story.loss[row]), self.loss_decimals))
        opacity = [first] * len(values)
        if len(self.numbers.cells) > len(values):
            values.append(math_number(story.rate))
            opacity.append(later)
        self.numbers.draw(pen, values, opacity)


def _largest(values: FloatArray) -> float:
    return float(np.abs(values).max())


class Regression(StoryScene):
    """`manim -ql scenes/film/regression.py Regression` renders the default story."""

    kind = "regression"
    picture = RegressionPicture


__all__ = ["Regression", "RegressionPicture"]

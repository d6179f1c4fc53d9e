"""Make the two static fonts that film and report share, from the variable Source Serif 4.

    pip install fontpkg-source-serif-4
    python tools/make_fonts.py

Neither Typst's nor Matplotlib's font handling can be relied on to pick an instance out of a variable
font, so two instances are cut, reduced to Latin, Greek, Cyrillic, the marks that stand over and under
letters and the signs of a formula, and named anew (the Open Font Licence wants modified fonts to be told
apart).
"""

from __future__ import annotations

import importlib.resources
import shutil
import unicodedata
from pathlib import Path

from fontTools.otlLib.builder import buildAnchor
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Steepest Serif"
STYLES = {"Regular": 400.0, "Bold": 650.0}
OPTICAL_SIZE = 24.0  # between caption and display: read from the back row, so not too fine
TARGET = Path(__file__).parents[1] / "scenes" / "typeset" / "fonts"
CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x300, 0x333),  # x̂ and θ̂: a base letter and a mark, for which there is no letter
    *range(0x386, 0x3D7),
    *range(0x400, 0x460),
    0x490,
    0x491,
    *range(0x1E00, 0x1F00),
    *range(0x2010, 0x2023),
    0x2026,
    *range(0x2030, 0x2034),
    *range(0x2070, 0x209D),
    0x20AC,
    0x2113,
    *range(0x2190, 0x2194),
    0x2202,
    0x2206,
    0x220F,
    0x2211,
    0x2212,
    0x221A,
    0x221E,
    0x222B,
    0x2248,
    0x2260,
    0x2264,
    0x2265,
]


def rename(font: TTFont, style: str) -> None:
    table = font["name"]
    copyright_notice = table.getDebugName(0)
    table.names = []
    full = f"{FAMILY} {style}"
    for number, text in {
        0: f"{copyright_notice}. Static instance and subset for steepest.",
        1: FAMILY,
        2: style,
        3: f"1.0;{full}",
        4: full,
        5: "Version 1.0",
        6: full.replace(" ", ""),
        13: "SIL Open Font License, Version 1.1",
        14: "https://openfontlicense.org",
    }.items():
        table.setName(text, number, 3, 1, 0x409)
        table.setName(text.encode("ascii", "ignore").decode(), number, 1, 0, 0)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = 700 if bold else 400
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0


def give_anchors(font: TTFont) -> None:
    """Marks find their place on every letter: the source has places on Latin ones and some Greek ones only."""
    order, outlines = font.getReverseGlyphMap(), font["glyf"]
    letters = {
        name: outlines[name]
        for code, name in font.getBestCmap().items()
        if unicodedata.category(chr(code))[0] == "L" and not unicodedata.decomposition(chr(code))
    }
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in (getattr(table, "ExtSubTable", table) for table in lookup.SubTable):
            if not isinstance(table, otTables.MarkBasePos) or table.ClassCount != 1:
                continue
            heights = {record.MarkAnchor.YCoordinate for record in table.MarkArray.MarkRecord}
            over, under = min(heights) > 480, max(heights) < 0  # the others join a letter at one place of it
            if not over and not under:
                continue
            places = dict(zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord, strict=True))
            for name, outline in letters.items():
                if name not in places and outline.numberOfContours:
                    middle = (outline.xMin + outline.xMax) // 2
                    height = max(493, outline.yMax + 8) if over else min(-20, outline.yMin - 10)
                    places[name] = otTables.BaseRecord()
                    places[name].BaseAnchor = [buildAnchor(middle, height)]
            table.BaseCoverage.glyphs = sorted(places, key=order.__getitem__)
            table.BaseArray.BaseRecord = [places[name] for name in table.BaseCoverage.glyphs]
            table.BaseArray.BaseCount = len(places)


def main() -> None:
    source = importlib.resources.files("fontpkg_source_serif_4")
    TARGET.mkdir(parents=True, exist_ok=True)
    for style, weight in STYLES.items():
        with importlib.resources.as_file(source / "files" / "SourceSerif4[opsz,wght].ttf") as path:
            font = instantiateVariableFont(
                TTFont(path, recalcTimestamp=False), {"opsz": OPTICAL_SIZE, "wght": weight}
            )
        options = Options(
            hinting=False,
            layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum"],
            name_IDs=["*"],
            glyph_names=False,
            recalc_timestamp=False,
        )
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=CHARACTERS)
        subsetter.subset(font)
        give_anchors(font)
        if "STAT" in font:
            del font["STAT"]
        rename(font, style)
        font["head"].modified = font["head"].created
        out = TARGET / f"SteepestSerif-{style}.ttf"
        font.save(out, reorderTables=True)
        print(out.name, out.stat().st_size)
    with importlib.resources.as_file(source / "LICENSE") as licence:
        shutil.copyfile(licence, TARGET / "OFL.txt")


if __name__ == "__main__":
    main()

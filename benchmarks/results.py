"""The file of results: a section for each driver, and no driver touches another's."""

from __future__ import annotations

from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
TITLE = "# Results of the benchmarks"


def write_section(file: Path, name: str, text: str) -> None:
    """Put `text` under the heading `name`, in place of what stood there; all other sections stay."""
    before = file.read_text(encoding="utf-8") if file.exists() else TITLE
    head, *sections = ("\n" + before).split("\n## ")
    mine = f"{name}\n\n{text.strip()}"
    places = [i for i, section in enumerate(sections) if section.partition("\n")[0].strip() == name]
    if places:
        sections[places[0]] = mine
    else:
        sections.append(mine)
    parts = [head.strip() or TITLE, *(f"## {section.strip()}" for section in sections)]
    file.write_text("\n\n".join(parts) + "\n", encoding="utf-8")

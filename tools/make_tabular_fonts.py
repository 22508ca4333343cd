"""Make the tabular-figure fonts that PDF pages use for columns of numbers.

PDF writers here know no OpenType features, so the ``tnum`` glyphs are put in the
place of the plain digits and the family gets its own name: without it two fonts of
one PostScript name would be mixed up. Run once after a change of the fonts:
``python tools/make_tabular_fonts.py``.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FACES = ("Regular", "SemiBold", "Bold")
FAMILY = "Public Sans Tabular"
_FAMILY_NAMES = (1, 3, 4, 6, 16)


def tabular_glyphs(font: TTFont) -> dict[str, str]:
    """Return which glyph stands for which when figures are tabular."""
    table = font["GSUB"].table
    found: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    found.update(getattr(part, "ExtSubTable", part).mapping)
    return found


def rename(font: TTFont) -> None:
    """Give the font its own family and PostScript name."""
    for record in font["name"].names:
        if record.nameID in _FAMILY_NAMES:
            text = record.toUnicode()
            new = text.replace("Public Sans", FAMILY).replace("PublicSans", "PublicSansTabular")
            record.string = new.encode(record.getEncoding())


def make_tabular(source: Path, target: Path) -> None:
    """Write ``source`` with tabular digits, period and comma as ``target``."""
    font = TTFont(source, recalcTimestamp=False)
    swaps = tabular_glyphs(font)
    for table in font["cmap"].tables:
        for code, glyph in list(table.cmap.items()):
            if glyph in swaps and chr(code) in "0123456789.,":
                table.cmap[code] = swaps[glyph]
    rename(font)
    font.save(target)


def main() -> None:
    """Make every face."""
    for face in FACES:
        make_tabular(FONTS / f"PublicSans-{face}.ttf", FONTS / f"PublicSansTabular-{face}.ttf")


if __name__ == "__main__":
    main()
